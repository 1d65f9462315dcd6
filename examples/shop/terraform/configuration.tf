# manifests/configuration.yaml ConfigMap/shop/catalog
resource "aws_ssm_parameter" "shop_catalog_LOG_LEVEL_e2050318" {
  # checkov:skip=CKV2_AWS_34:it holds configuration that Kubernetes keeps in the open too; values of Secrets are in Secrets Manager
  name = "/shop/catalog/LOG_LEVEL"
  type = "String"
  tier = "Standard"
  # data.LOG_LEVEL
  insecure_value = "info"
}

# manifests/configuration.yaml ConfigMap/shop/catalog
resource "aws_ssm_parameter" "shop_catalog_PAGE_SIZE_23e3f737" {
  # checkov:skip=CKV2_AWS_34:it holds configuration that Kubernetes keeps in the open too; values of Secrets are in Secrets Manager
  name = "/shop/catalog/PAGE_SIZE"
  type = "String"
  tier = "Standard"
  # data.PAGE_SIZE
  insecure_value = "50"
}

# manifests/configuration.yaml ConfigMap/shop/catalog
resource "aws_ssm_parameter" "shop_catalog_spring_profiles_active_7670924f" {
  # checkov:skip=CKV2_AWS_34:it holds configuration that Kubernetes keeps in the open too; values of Secrets are in Secrets Manager
  name = "/shop/catalog/spring.profiles.active"
  type = "String"
  tier = "Standard"
  # data[spring.profiles.active]
  insecure_value = "production"
}

# manifests/configuration.yaml ConfigMap/shop/web
resource "aws_ssm_parameter" "shop_web_currency_31cac230" {
  # checkov:skip=CKV2_AWS_34:it holds configuration that Kubernetes keeps in the open too; values of Secrets are in Secrets Manager
  name = "/shop/web/currency"
  type = "String"
  tier = "Standard"
  # data.currency
  insecure_value = "EUR"
}
