output "repository_urls" {
  description = "Where the image of each function is pushed to"
  value = {
    "shop-catalog"     = aws_ecr_repository.shop_catalog.repository_url
    "shop-report-cron" = aws_ecr_repository.shop_report_cron.repository_url
    "shop-web"         = aws_ecr_repository.shop_web.repository_url
  }
}
