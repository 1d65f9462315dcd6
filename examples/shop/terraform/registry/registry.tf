# manifests/catalog.yaml Deployment/shop/catalog
# trivy:ignore:AWS-0033 it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
resource "aws_ecr_repository" "shop_catalog" {
  # checkov:skip=CKV_AWS_136:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
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
# trivy:ignore:AWS-0033 it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
resource "aws_ecr_repository" "shop_report_cron" {
  # checkov:skip=CKV_AWS_136:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
  name                 = "shop-report-cron"
  image_tag_mutability = "IMMUTABLE"
  force_delete         = false

  image_scanning_configuration {
    scan_on_push = true
  }
}

# manifests/web.yaml Deployment/shop/web
# trivy:ignore:AWS-0033 it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
resource "aws_ecr_repository" "shop_web" {
  # checkov:skip=CKV_AWS_136:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
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
