# manifests/report.yaml CronJob/shop/report
# Runs that failed after their retries
resource "aws_sqs_queue" "shop_report_cron_failed" {
  name                      = "shop-report-cron-failed"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

# manifests/report.yaml CronJob/shop/report
resource "aws_lambda_function_event_invoke_config" "shop_report_cron" {
  function_name = aws_lambda_function.shop_report_cron.function_name
  qualifier     = aws_lambda_alias.shop_report_cron.name
  # spec.jobTemplate.spec.backoffLimit
  maximum_retry_attempts = 1
  # spec.concurrencyPolicy
  maximum_event_age_in_seconds = 60

  destination_config {
    on_failure {
      destination = aws_sqs_queue.shop_report_cron_failed.arn
    }
  }
}

# manifests/report.yaml CronJob/shop/report
# trivy:ignore:AWS-0066 no manifest asks for X-Ray, which costs by the trace; tracing inside the application stays as it is
resource "aws_lambda_function" "shop_report_cron" {
  # checkov:skip=CKV_AWS_50:no manifest asks for X-Ray, which costs by the trace; tracing inside the application stays as it is
  # checkov:skip=CKV_AWS_116:it is called synchronously, or the settings of its alias send failed events to a queue
  # checkov:skip=CKV_AWS_117:no manifest names a VPC; vpc: in k2l.yaml puts the functions that need one into it
  # checkov:skip=CKV_AWS_173:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
  # checkov:skip=CKV_AWS_272:Lambda does not check signatures of functions that are container images
  # metadata.name, metadata.namespace
  function_name = "shop-report-cron"
  description   = "CronJob/shop/report"
  role          = aws_iam_role.shop_report_cron.arn
  package_type  = "Image"
  # spec.jobTemplate.spec.template.spec.containers[0].image
  image_uri     = "${local.registry}/shop-report-cron${lookup(local.image_references, "shop-report-cron", ":1.2.0-cc11750c")}"
  architectures = ["x86_64"]
  # 1,024 MiB limit - spec.jobTemplate.spec.template.spec.containers[0].resources.limits.memory
  memory_size = 1024
  # spec.jobTemplate.spec.activeDeadlineSeconds
  timeout = 600
  # spec.concurrencyPolicy
  reserved_concurrent_executions = 1
  publish                        = true

  environment {
    variables = {
      # spec.jobTemplate.spec.template.spec.containers[0].env[0].valueFrom.configMapKeyRef, spec.jobTemplate.spec.template.spec.containers[0].env[0].name, manifests/configuration.yaml ConfigMap/shop/web data.currency
      CURRENCY = aws_ssm_parameter.shop_web_currency_31cac230.insecure_value
    }
  }

  depends_on = [aws_cloudwatch_log_group.shop_report_cron, aws_iam_role_policy.shop_report_cron]
}

# manifests/report.yaml CronJob/shop/report
resource "aws_lambda_alias" "shop_report_cron" {
  name             = "live"
  description      = "What callers, routes and schedules use; moves to a new version without changing them"
  function_name    = aws_lambda_function.shop_report_cron.function_name
  function_version = lookup(var.stable_versions, "shop-report-cron", aws_lambda_function.shop_report_cron.version)

  dynamic "routing_config" {
    for_each = [for weight in lookup(local.canaries, "shop-report-cron", []) : weight if lookup(var.stable_versions, "shop-report-cron", "") != aws_lambda_function.shop_report_cron.version]

    content {
      additional_version_weights = {
        (aws_lambda_function.shop_report_cron.version) = routing_config.value
      }
    }
  }
}

# manifests/report.yaml CronJob/shop/report
# trivy:ignore:AWS-0017 it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
resource "aws_cloudwatch_log_group" "shop_report_cron" {
  # checkov:skip=CKV_AWS_158:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
  # checkov:skip=CKV_AWS_338:how long logs are kept is an input, because it is a matter of cost and law
  name              = "/aws/lambda/shop-report-cron"
  retention_in_days = var.log_retention_in_days
}

# manifests/report.yaml CronJob/shop/report
resource "aws_iam_role" "shop_report_cron" {
  name        = "shop-report-cron-${data.aws_region.current.id}"
  description = "Runs the function shop-report-cron"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

# manifests/report.yaml CronJob/shop/report
resource "aws_iam_role_policy" "shop_report_cron" {
  name = "shop-report-cron"
  role = aws_iam_role.shop_report_cron.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "WriteLogs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.shop_report_cron.arn}:*"]
      },
      {
        Sid      = "ReadSecrets"
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = [aws_secretsmanager_secret.shop_smtp_acddd44a.arn]
      },
      {
        Sid      = "SendFailures"
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = [aws_sqs_queue.shop_report_cron_failed.arn]
      },
    ]
  })
}

# manifests/report.yaml CronJob/shop/report
# Runs that Scheduler could not deliver
resource "aws_sqs_queue" "shop_report_cron_undelivered" {
  name                      = "shop-report-cron-undelivered"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

# manifests/report.yaml CronJob/shop/report
resource "aws_iam_role" "shop_report_cron_schedule" {
  name        = "shop-report-cron-schedule-${data.aws_region.current.id}"
  description = "Lets EventBridge Scheduler start shop-report-cron"
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

# manifests/report.yaml CronJob/shop/report
resource "aws_iam_role_policy" "shop_report_cron_schedule" {
  name = "shop-report-cron-schedule"
  role = aws_iam_role.shop_report_cron_schedule.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "StartFunction"
        Effect   = "Allow"
        Action   = ["lambda:InvokeFunction"]
        Resource = [aws_lambda_alias.shop_report_cron.arn]
      },
      {
        Sid      = "SendUndelivered"
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = [aws_sqs_queue.shop_report_cron_undelivered.arn]
      },
    ]
  })
}

# manifests/report.yaml CronJob/shop/report
resource "aws_scheduler_schedule" "shop_report_cron" {
  # checkov:skip=CKV_AWS_297:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
  name        = "shop-report-cron"
  description = "Runs CronJob/shop/report"
  # spec.schedule
  schedule_expression = "cron(30 2 * * ? *)"
  # spec.timeZone
  schedule_expression_timezone = "Europe/Berlin"
  state                        = "ENABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_alias.shop_report_cron.arn
    role_arn = aws_iam_role.shop_report_cron_schedule.arn
    input    = "{\"scheduledTime\":\"<aws.scheduler.scheduled-time>\",\"timeZone\":\"Europe/Berlin\"}"

    retry_policy {
      maximum_retry_attempts = 185
      # spec.startingDeadlineSeconds
      maximum_event_age_in_seconds = 600
    }

    dead_letter_config {
      arn = aws_sqs_queue.shop_report_cron_undelivered.arn
    }
  }
}
