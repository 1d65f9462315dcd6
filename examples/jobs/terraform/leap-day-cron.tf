# manifests/jobs.yaml CronJob/default/leap-day
# Runs that failed after their retries
resource "aws_sqs_queue" "leap_day_cron_failed" {
  name                      = "leap-day-cron-failed"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

# manifests/jobs.yaml CronJob/default/leap-day
resource "aws_lambda_function_event_invoke_config" "leap_day_cron" {
  function_name = aws_lambda_function.leap_day_cron.function_name
  qualifier     = aws_lambda_alias.leap_day_cron.name
  # backoffLimit defaults to 6; Lambda retries at most 2 times
  maximum_retry_attempts = 2

  destination_config {
    on_failure {
      destination = aws_sqs_queue.leap_day_cron_failed.arn
    }
  }
}

# manifests/jobs.yaml CronJob/default/leap-day
# trivy:ignore:AWS-0066 no manifest asks for X-Ray, which costs by the trace; tracing inside the application stays as it is
resource "aws_lambda_function" "leap_day_cron" {
  # checkov:skip=CKV_AWS_50:no manifest asks for X-Ray, which costs by the trace; tracing inside the application stays as it is
  # checkov:skip=CKV_AWS_115:no HorizontalPodAutoscaler sets a ceiling, and what one function reserves all others of the account lose
  # checkov:skip=CKV_AWS_116:it is called synchronously, or the settings of its alias send failed events to a queue
  # checkov:skip=CKV_AWS_117:no manifest names a VPC; vpc: in k2l.yaml puts the functions that need one into it
  # checkov:skip=CKV_AWS_272:Lambda does not check signatures of functions that are container images
  # metadata.name
  function_name = "leap-day-cron"
  description   = "CronJob/default/leap-day"
  role          = aws_iam_role.leap_day_cron.arn
  package_type  = "Image"
  # spec.jobTemplate.spec.template.spec.containers[0].image
  image_uri     = "${local.registry}/leap-day-cron${lookup(local.image_references, "leap-day-cron", ":1.37-15294e3a")}"
  architectures = ["x86_64"]
  # 512 MB assumed: neither memory nor cpu given
  memory_size = 512
  # spec.jobTemplate.spec.activeDeadlineSeconds
  timeout = 60
  publish = true

  depends_on = [aws_cloudwatch_log_group.leap_day_cron, aws_iam_role_policy.leap_day_cron]
}

# manifests/jobs.yaml CronJob/default/leap-day
resource "aws_lambda_alias" "leap_day_cron" {
  name             = "live"
  description      = "What callers, routes and schedules use; moves to a new version without changing them"
  function_name    = aws_lambda_function.leap_day_cron.function_name
  function_version = lookup(var.stable_versions, "leap-day-cron", aws_lambda_function.leap_day_cron.version)

  dynamic "routing_config" {
    for_each = [for weight in lookup(local.canaries, "leap-day-cron", []) : weight if lookup(var.stable_versions, "leap-day-cron", "") != aws_lambda_function.leap_day_cron.version]

    content {
      additional_version_weights = {
        (aws_lambda_function.leap_day_cron.version) = routing_config.value
      }
    }
  }
}

# manifests/jobs.yaml CronJob/default/leap-day
# trivy:ignore:AWS-0017 it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
resource "aws_cloudwatch_log_group" "leap_day_cron" {
  # checkov:skip=CKV_AWS_158:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
  # checkov:skip=CKV_AWS_338:how long logs are kept is an input, because it is a matter of cost and law
  name              = "/aws/lambda/leap-day-cron"
  retention_in_days = var.log_retention_in_days
}

# manifests/jobs.yaml CronJob/default/leap-day
resource "aws_iam_role" "leap_day_cron" {
  name        = "leap-day-cron-${data.aws_region.current.id}"
  description = "Runs the function leap-day-cron"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

# manifests/jobs.yaml CronJob/default/leap-day
resource "aws_iam_role_policy" "leap_day_cron" {
  name = "leap-day-cron"
  role = aws_iam_role.leap_day_cron.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "WriteLogs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.leap_day_cron.arn}:*"]
      },
      {
        Sid      = "SendFailures"
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = [aws_sqs_queue.leap_day_cron_failed.arn]
      },
    ]
  })
}
