output "repository_urls" {
  description = "Where the image of each function is pushed to"
  value = {
    "invoices-cron"  = aws_ecr_repository.invoices_cron.repository_url
    "heartbeat-cron" = aws_ecr_repository.heartbeat_cron.repository_url
    "leap-day-cron"  = aws_ecr_repository.leap_day_cron.repository_url
  }
}
