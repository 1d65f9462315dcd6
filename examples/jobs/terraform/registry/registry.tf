# manifests/jobs.yaml CronJob/default/invoices
# trivy:ignore:AWS-0033 it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
resource "aws_ecr_repository" "invoices_cron" {
  # checkov:skip=CKV_AWS_136:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
  name                 = "invoices-cron"
  image_tag_mutability = "IMMUTABLE"
  force_delete         = false

  image_scanning_configuration {
    scan_on_push = true
  }
}

# manifests/jobs.yaml CronJob/default/heartbeat
# trivy:ignore:AWS-0033 it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
resource "aws_ecr_repository" "heartbeat_cron" {
  # checkov:skip=CKV_AWS_136:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
  name                 = "heartbeat-cron"
  image_tag_mutability = "IMMUTABLE"
  force_delete         = false

  image_scanning_configuration {
    scan_on_push = true
  }
}

# manifests/jobs.yaml CronJob/default/leap-day
# trivy:ignore:AWS-0033 it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
resource "aws_ecr_repository" "leap_day_cron" {
  # checkov:skip=CKV_AWS_136:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
  name                 = "leap-day-cron"
  image_tag_mutability = "IMMUTABLE"
  force_delete         = false

  image_scanning_configuration {
    scan_on_push = true
  }
}
