output "queue_urls" {
  description = "Where failed runs and undeliverable schedules wait to be looked at"
  value = {
    "reindex-cron-undelivered"   = aws_sqs_queue.reindex_cron_undelivered.url
    "invoices-cron-failed"       = aws_sqs_queue.invoices_cron_failed.url
    "invoices-cron-undelivered"  = aws_sqs_queue.invoices_cron_undelivered.url
    "heartbeat-cron-failed"      = aws_sqs_queue.heartbeat_cron_failed.url
    "heartbeat-cron-undelivered" = aws_sqs_queue.heartbeat_cron_undelivered.url
    "leap-day-cron-failed"       = aws_sqs_queue.leap_day_cron_failed.url
  }
}
