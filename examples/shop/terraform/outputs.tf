output "api_endpoints" {
  description = "Where each HTTP API answers, whatever domain points to it"
  value = {
    "nginx_shop.example.com" = aws_apigatewayv2_api.nginx_shop_example_com_e4f4d811.api_endpoint
  }
}

output "domain_targets" {
  description = "What the DNS record of each host has to name; null until its certificate is given"
  value = {
    "nginx_shop.example.com" = one(aws_apigatewayv2_domain_name.nginx_shop_example_com_e4f4d811[*].domain_name_configuration[0].target_domain_name)
  }
}

output "domain_zones" {
  description = "The hosted zone of each target, for an alias record in Route 53"
  value = {
    "nginx_shop.example.com" = one(aws_apigatewayv2_domain_name.nginx_shop_example_com_e4f4d811[*].domain_name_configuration[0].hosted_zone_id)
  }
}

output "queue_urls" {
  description = "Where failed runs and undeliverable schedules wait to be looked at"
  value = {
    "shop-report-cron-failed"      = aws_sqs_queue.shop_report_cron_failed.url
    "shop-report-cron-undelivered" = aws_sqs_queue.shop_report_cron_undelivered.url
  }
}
