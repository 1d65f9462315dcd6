# manifests/catalog.yaml Deployment/shop/catalog
resource "aws_ecr_repository" "shop_catalog" {
  name                 = "shop-catalog"
  image_tag_mutability = "IMMUTABLE"
  force_delete         = false
  tags = {
    "app.kubernetes.io/name"    = "catalog"
    "app.kubernetes.io/part-of" = "shop"
  }

  image_scanning_configuration {
    scan_on_push = true
  }
}

# manifests/report.yaml CronJob/shop/report
resource "aws_ecr_repository" "shop_report_cron" {
  name                 = "shop-report-cron"
  image_tag_mutability = "IMMUTABLE"
  force_delete         = false

  image_scanning_configuration {
    scan_on_push = true
  }
}

# manifests/web.yaml Deployment/shop/web
resource "aws_ecr_repository" "shop_web" {
  name                 = "shop-web"
  image_tag_mutability = "IMMUTABLE"
  force_delete         = false
  tags = {
    "app.kubernetes.io/name"    = "web"
    "app.kubernetes.io/part-of" = "shop"
  }

  image_scanning_configuration {
    scan_on_push = true
  }
}
