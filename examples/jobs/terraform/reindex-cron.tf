# manifests/jobs.yaml CronJob/default/reindex
# trivy:ignore:AWS-0017 it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
resource "aws_cloudwatch_log_group" "reindex_cron" {
  # checkov:skip=CKV_AWS_158:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
  # checkov:skip=CKV_AWS_338:how long logs are kept is an input, because it is a matter of cost and law
  name              = "/ecs/reindex-cron"
  retention_in_days = var.log_retention_in_days
}

# manifests/jobs.yaml CronJob/default/reindex
resource "aws_iam_role" "reindex_cron_execution" {
  name        = "reindex-cron-execution-${data.aws_region.current.id}"
  description = "Starts tasks of reindex-cron"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id }
        ArnLike = {
          "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:ecs:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:*"
        }
      }
    }]
  })
}

# manifests/jobs.yaml CronJob/default/reindex
resource "aws_iam_role_policy" "reindex_cron_execution" {
  name = "reindex-cron-execution"
  role = aws_iam_role.reindex_cron_execution.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "WriteLogs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = ["${aws_cloudwatch_log_group.reindex_cron.arn}:*"]
    }]
  })
}

# manifests/jobs.yaml CronJob/default/reindex
resource "aws_iam_role" "reindex_cron" {
  name        = "reindex-cron-${data.aws_region.current.id}"
  description = "What the containers of reindex-cron may do"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id }
        ArnLike = {
          "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:ecs:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:*"
        }
      }
    }]
  })
}

# manifests/jobs.yaml CronJob/default/reindex
# Runs that Scheduler could not deliver
resource "aws_sqs_queue" "reindex_cron_undelivered" {
  name                      = "reindex-cron-undelivered"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

# manifests/jobs.yaml CronJob/default/reindex
resource "aws_iam_role" "reindex_cron_schedule" {
  name        = "reindex-cron-schedule-${data.aws_region.current.id}"
  description = "Lets EventBridge Scheduler start reindex-cron"
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

# manifests/jobs.yaml CronJob/default/reindex
resource "aws_iam_role_policy" "reindex_cron_schedule" {
  name = "reindex-cron-schedule"
  role = aws_iam_role.reindex_cron_schedule.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "StartTask"
        Effect    = "Allow"
        Action    = ["ecs:RunTask"]
        Resource  = ["arn:${data.aws_partition.current.partition}:ecs:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:task-definition/reindex-cron:*"]
        Condition = { ArnEquals = { "ecs:cluster" = aws_ecs_cluster.default.arn } }
      },
      {
        Sid       = "HandRolesOn"
        Effect    = "Allow"
        Action    = ["iam:PassRole"]
        Resource  = [aws_iam_role.reindex_cron.arn, aws_iam_role.reindex_cron_execution.arn]
        Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
      },
      {
        Sid      = "SendUndelivered"
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = [aws_sqs_queue.reindex_cron_undelivered.arn]
      },
    ]
  })
}

# manifests/jobs.yaml CronJob/default/reindex
resource "aws_scheduler_schedule" "reindex_cron" {
  # checkov:skip=CKV_AWS_297:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
  name        = "reindex-cron"
  description = "Runs CronJob/default/reindex"
  # spec.schedule
  schedule_expression = "cron(0 3 ? * SUN *)"
  # no timeZone: a cluster's controller usually runs in UTC
  schedule_expression_timezone = "UTC"
  state                        = "ENABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_ecs_cluster.default.arn
    role_arn = aws_iam_role.reindex_cron_schedule.arn
    input    = "{\"containerOverrides\":[{\"environment\":[{\"name\":\"K2L_SCHEDULED_TIME\",\"value\":\"<aws.scheduler.scheduled-time>\"}],\"name\":\"reindex\"}]}"

    ecs_parameters {
      task_definition_arn = aws_ecs_task_definition.reindex_cron.arn
      task_count          = 1
      launch_type         = "FARGATE"

      network_configuration {
        subnets          = var.subnet_ids
        security_groups  = [aws_security_group.reindex_cron.id, aws_security_group.k2l_tasks.id]
        assign_public_ip = false
      }
    }

    retry_policy {
      maximum_retry_attempts       = 185
      maximum_event_age_in_seconds = 86400
    }

    dead_letter_config {
      arn = aws_sqs_queue.reindex_cron_undelivered.arn
    }
  }
}

# manifests/jobs.yaml CronJob/default/reindex
resource "aws_security_group" "reindex_cron" {
  # checkov:skip=CKV2_AWS_5:the network settings of a service, a schedule or a capacity provider attach it
  name        = "reindex-cron-tasks"
  description = "Who may connect to reindex-cron"
  vpc_id      = var.vpc_id
}

# manifests/jobs.yaml CronJob/default/reindex
resource "aws_ecs_task_definition" "reindex_cron" {
  # checkov:skip=CKV_AWS_336:the manifest lets the program write to its root file system
  # metadata.name
  family                   = "reindex-cron"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  # the smallest size: no container asks for any
  cpu                = 256
  memory             = 512
  execution_role_arn = aws_iam_role.reindex_cron_execution.arn
  task_role_arn      = aws_iam_role.reindex_cron.arn
  container_definitions = jsonencode([{
    # spec.jobTemplate.spec.template.spec.containers[0].name
    name = "reindex"
    # spec.jobTemplate.spec.template.spec.containers[0].image
    image     = "registry.example.com/search/reindex:5.0.3"
    essential = true
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        "awslogs-group"         = aws_cloudwatch_log_group.reindex_cron.name
        "awslogs-region"        = data.aws_region.current.id
        "awslogs-stream-prefix" = "reindex-cron"
      }
    }
  }])

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = "X86_64"
  }
}
