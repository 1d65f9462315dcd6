# manifests/jobs.yaml CronJob/default/invoices
resource "aws_ecr_repository" "invoices_cron" {
  name                 = "invoices-cron"
  image_tag_mutability = "IMMUTABLE"
  force_delete         = false

  image_scanning_configuration {
    scan_on_push = true
  }
}

# manifests/jobs.yaml CronJob/default/heartbeat
resource "aws_ecr_repository" "heartbeat_cron" {
  name                 = "heartbeat-cron"
  image_tag_mutability = "IMMUTABLE"
  force_delete         = false

  image_scanning_configuration {
    scan_on_push = true
  }
}

# manifests/jobs.yaml CronJob/default/leap-day
resource "aws_ecr_repository" "leap_day_cron" {
  name                 = "leap-day-cron"
  image_tag_mutability = "IMMUTABLE"
  force_delete         = false

  image_scanning_configuration {
    scan_on_push = true
  }
}
