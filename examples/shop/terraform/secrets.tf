# manifests/catalog.yaml Deployment/shop/catalog
# manifests/configuration.yaml Secret/shop/catalog-db
# trivy:ignore:AWS-0098 it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
resource "aws_secretsmanager_secret" "shop_catalog_db_4fb57dec" {
  # checkov:skip=CKV_AWS_149:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
  # checkov:skip=CKV2_AWS_57:rotating it takes a function that can change it where it is valid, and no manifest says where that is
  # spec.template.spec.containers[0].envFrom[1].secretRef.name, manifests/configuration.yaml Secret/shop/catalog-db data.DATABASE_URL, metadata
  name                    = "shop/catalog-db"
  description             = "The values of Secret shop/catalog-db"
  recovery_window_in_days = var.recovery_window_in_days
}

# manifests/report.yaml CronJob/shop/report
# trivy:ignore:AWS-0098 it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
resource "aws_secretsmanager_secret" "shop_smtp_acddd44a" {
  # checkov:skip=CKV_AWS_149:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
  # checkov:skip=CKV2_AWS_57:rotating it takes a function that can change it where it is valid, and no manifest says where that is
  # spec.jobTemplate.spec.template.spec.containers[0].env[1].valueFrom.secretKeyRef.name, spec.jobTemplate.spec.template.spec.containers[0].env[1].name, spec.jobTemplate.spec.template.spec.containers[0].env[1].valueFrom.secretKeyRef.key
  name                    = "shop/smtp"
  description             = "The values of Secret shop/smtp"
  recovery_window_in_days = var.recovery_window_in_days
}

# manifests/web.yaml Deployment/shop/web
# manifests/configuration.yaml Secret/shop/web
# trivy:ignore:AWS-0098 it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
resource "aws_secretsmanager_secret" "shop_web_97375646" {
  # checkov:skip=CKV_AWS_149:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
  # checkov:skip=CKV2_AWS_57:rotating it takes a function that can change it where it is valid, and no manifest says where that is
  # spec.template.spec.containers[0].env[3].valueFrom.secretKeyRef, spec.template.spec.containers[0].env[3].name, manifests/configuration.yaml Secret/shop/web stringData.session-key and 1 more
  name                    = "shop/web"
  description             = "The values of Secret shop/web"
  recovery_window_in_days = var.recovery_window_in_days
}
