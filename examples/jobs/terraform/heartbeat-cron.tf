# manifests/jobs.yaml CronJob/default/heartbeat
# Runs that failed after their retries
resource "aws_sqs_queue" "heartbeat_cron_failed" {
  name                      = "heartbeat-cron-failed"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

# manifests/jobs.yaml CronJob/default/heartbeat
resource "aws_lambda_function_event_invoke_config" "heartbeat_cron" {
  function_name = aws_lambda_function.heartbeat_cron.function_name
  qualifier     = aws_lambda_alias.heartbeat_cron.name
  # backoffLimit defaults to 6; Lambda retries at most 2 times
  maximum_retry_attempts = 2

  destination_config {
    on_failure {
      destination = aws_sqs_queue.heartbeat_cron_failed.arn
    }
  }
}

# manifests/jobs.yaml CronJob/default/heartbeat
# trivy:ignore:AWS-0066 no manifest asks for X-Ray, which costs by the trace; tracing inside the application stays as it is
resource "aws_lambda_function" "heartbeat_cron" {
  # checkov:skip=CKV_AWS_50:no manifest asks for X-Ray, which costs by the trace; tracing inside the application stays as it is
  # checkov:skip=CKV_AWS_115:no HorizontalPodAutoscaler sets a ceiling, and what one function reserves all others of the account lose
  # checkov:skip=CKV_AWS_116:it is called synchronously, or the settings of its alias send failed events to a queue
  # checkov:skip=CKV_AWS_117:no manifest names a VPC; vpc: in k2l.yaml puts the functions that need one into it
  # checkov:skip=CKV_AWS_272:Lambda does not check signatures of functions that are container images
  # metadata.name
  function_name = "heartbeat-cron"
  description   = "CronJob/default/heartbeat"
  role          = aws_iam_role.heartbeat_cron.arn
  package_type  = "Image"
  # spec.jobTemplate.spec.template.spec.containers[0].image
  image_uri     = "${local.registry}/heartbeat-cron${lookup(local.image_references, "heartbeat-cron", ":8.10.1-cdda091b")}"
  architectures = ["x86_64"]
  # 512 MB assumed: neither memory nor cpu given
  memory_size = 512
  # no activeDeadlineSeconds: as long as Lambda allows
  timeout = 900
  publish = true

  depends_on = [aws_cloudwatch_log_group.heartbeat_cron, aws_iam_role_policy.heartbeat_cron]
}

# manifests/jobs.yaml CronJob/default/heartbeat
resource "aws_lambda_alias" "heartbeat_cron" {
  name             = "live"
  description      = "What callers, routes and schedules use; moves to a new version without changing them"
  function_name    = aws_lambda_function.heartbeat_cron.function_name
  function_version = lookup(var.stable_versions, "heartbeat-cron", aws_lambda_function.heartbeat_cron.version)

  dynamic "routing_config" {
    for_each = [for weight in lookup(local.canaries, "heartbeat-cron", []) : weight if lookup(var.stable_versions, "heartbeat-cron", "") != aws_lambda_function.heartbeat_cron.version]

    content {
      additional_version_weights = {
        (aws_lambda_function.heartbeat_cron.version) = routing_config.value
      }
    }
  }
}

# manifests/jobs.yaml CronJob/default/heartbeat
# trivy:ignore:AWS-0017 it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
resource "aws_cloudwatch_log_group" "heartbeat_cron" {
  # checkov:skip=CKV_AWS_158:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
  # checkov:skip=CKV_AWS_338:how long logs are kept is an input, because it is a matter of cost and law
  name              = "/aws/lambda/heartbeat-cron"
  retention_in_days = var.log_retention_in_days
}

# manifests/jobs.yaml CronJob/default/heartbeat
resource "aws_iam_role" "heartbeat_cron" {
  name        = "heartbeat-cron-${data.aws_region.current.id}"
  description = "Runs the function heartbeat-cron"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

# manifests/jobs.yaml CronJob/default/heartbeat
resource "aws_iam_role_policy" "heartbeat_cron" {
  name = "heartbeat-cron"
  role = aws_iam_role.heartbeat_cron.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "WriteLogs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.heartbeat_cron.arn}:*"]
      },
      {
        Sid      = "SendFailures"
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = [aws_sqs_queue.heartbeat_cron_failed.arn]
      },
    ]
  })
}

# manifests/jobs.yaml CronJob/default/heartbeat
# Runs that Scheduler could not deliver
resource "aws_sqs_queue" "heartbeat_cron_undelivered" {
  name                      = "heartbeat-cron-undelivered"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

# manifests/jobs.yaml CronJob/default/heartbeat
resource "aws_iam_role" "heartbeat_cron_schedule" {
  name        = "heartbeat-cron-schedule-${data.aws_region.current.id}"
  description = "Lets EventBridge Scheduler start heartbeat-cron"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

# manifests/jobs.yaml CronJob/default/heartbeat
resource "aws_iam_role_policy" "heartbeat_cron_schedule" {
  name = "heartbeat-cron-schedule"
  role = aws_iam_role.heartbeat_cron_schedule.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "StartFunction"
        Effect   = "Allow"
        Action   = ["lambda:InvokeFunction"]
        Resource = [aws_lambda_alias.heartbeat_cron.arn]
      },
      {
        Sid      = "SendUndelivered"
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = [aws_sqs_queue.heartbeat_cron_undelivered.arn]
      },
    ]
  })
}

# manifests/jobs.yaml CronJob/default/heartbeat
resource "aws_scheduler_schedule" "heartbeat_cron" {
  # checkov:skip=CKV_AWS_297:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
  name        = "heartbeat-cron"
  description = "Runs CronJob/default/heartbeat"
  # spec.schedule
  schedule_expression = "rate(5 minutes)"
  # no timeZone: a cluster's controller usually runs in UTC
  schedule_expression_timezone = "UTC"
  # spec.suspend
  state = "DISABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_alias.heartbeat_cron.arn
    role_arn = aws_iam_role.heartbeat_cron_schedule.arn
    input    = "{\"scheduledTime\":\"<aws.scheduler.scheduled-time>\",\"timeZone\":\"UTC\"}"

    retry_policy {
      maximum_retry_attempts       = 185
      maximum_event_age_in_seconds = 86400
    }

    dead_letter_config {
      arn = aws_sqs_queue.heartbeat_cron_undelivered.arn
    }
  }
}
