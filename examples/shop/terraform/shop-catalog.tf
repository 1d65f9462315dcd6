# manifests/catalog.yaml Deployment/shop/catalog
# trivy:ignore:AWS-0066 no manifest asks for X-Ray, which costs by the trace; tracing inside the application stays as it is
resource "aws_lambda_function" "shop_catalog" {
  # checkov:skip=CKV_AWS_50:no manifest asks for X-Ray, which costs by the trace; tracing inside the application stays as it is
  # checkov:skip=CKV_AWS_115:no HorizontalPodAutoscaler sets a ceiling, and what one function reserves all others of the account lose
  # checkov:skip=CKV_AWS_116:it is called synchronously, or the settings of its alias send failed events to a queue
  # checkov:skip=CKV_AWS_117:no manifest names a VPC; vpc: in k2l.yaml puts the functions that need one into it
  # checkov:skip=CKV_AWS_173:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
  # checkov:skip=CKV_AWS_272:Lambda does not check signatures of functions that are container images
  # metadata.name, metadata.namespace
  function_name = "shop-catalog"
  description   = "Deployment/shop/catalog"
  role          = aws_iam_role.shop_catalog.arn
  package_type  = "Image"
  # spec.template.spec.containers[0].image
  image_uri = "${local.registry}/shop-catalog${lookup(local.image_references, "shop-catalog", ":1.9.0-57d34295")}"
  # spec.template.spec.nodeSelector[kubernetes.io/arch]
  architectures = ["arm64"]
  # max(512 MiB limit, 1 cpu limit x 1,769 MB = 1,769) = 1,769 - spec.template.spec.containers[0].resources.limits.memory, spec.template.spec.containers[0].resources.limits.cpu
  memory_size = 1769
  # a request through an HTTP API ends after this
  timeout = 30
  publish = true
  # metadata.labels[app.kubernetes.io/name], metadata.labels[app.kubernetes.io/part-of]
  tags = {
    "app.kubernetes.io/name"    = "catalog"
    "app.kubernetes.io/part-of" = "shop"
  }

  environment {
    variables = {
      # spec.template.spec.containers[0].envFrom[0].configMapRef.name, manifests/configuration.yaml ConfigMap/shop/catalog data.LOG_LEVEL
      LOG_LEVEL = aws_ssm_parameter.shop_catalog_LOG_LEVEL_e2050318.insecure_value
      # spec.template.spec.containers[0].envFrom[0].configMapRef.name, manifests/configuration.yaml ConfigMap/shop/catalog data.PAGE_SIZE
      PAGE_SIZE = aws_ssm_parameter.shop_catalog_PAGE_SIZE_23e3f737.insecure_value
    }
  }

  depends_on = [aws_cloudwatch_log_group.shop_catalog, aws_iam_role_policy.shop_catalog]
}

# manifests/catalog.yaml Deployment/shop/catalog
resource "aws_lambda_alias" "shop_catalog" {
  name             = "live"
  description      = "What callers, routes and schedules use; moves to a new version without changing them"
  function_name    = aws_lambda_function.shop_catalog.function_name
  function_version = lookup(var.stable_versions, "shop-catalog", aws_lambda_function.shop_catalog.version)

  dynamic "routing_config" {
    for_each = [for weight in lookup(local.canaries, "shop-catalog", []) : weight if lookup(var.stable_versions, "shop-catalog", "") != aws_lambda_function.shop_catalog.version]

    content {
      additional_version_weights = {
        (aws_lambda_function.shop_catalog.version) = routing_config.value
      }
    }
  }
}

# manifests/catalog.yaml Deployment/shop/catalog
# trivy:ignore:AWS-0017 it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
resource "aws_cloudwatch_log_group" "shop_catalog" {
  # checkov:skip=CKV_AWS_158:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
  # checkov:skip=CKV_AWS_338:how long logs are kept is an input, because it is a matter of cost and law
  name              = "/aws/lambda/shop-catalog"
  retention_in_days = var.log_retention_in_days
  tags = {
    "app.kubernetes.io/name"    = "catalog"
    "app.kubernetes.io/part-of" = "shop"
  }
}

# manifests/catalog.yaml Deployment/shop/catalog
resource "aws_iam_role" "shop_catalog" {
  name        = "shop-catalog-${data.aws_region.current.id}"
  description = "Runs the function shop-catalog"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
  tags = {
    "app.kubernetes.io/name"    = "catalog"
    "app.kubernetes.io/part-of" = "shop"
  }
}

# manifests/catalog.yaml Deployment/shop/catalog
resource "aws_iam_role_policy" "shop_catalog" {
  name = "shop-catalog"
  role = aws_iam_role.shop_catalog.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "WriteLogs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.shop_catalog.arn}:*"]
      },
      {
        Sid      = "ReadParameters"
        Effect   = "Allow"
        Action   = ["ssm:GetParameters"]
        Resource = ["arn:${data.aws_partition.current.partition}:ssm:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:parameter/shop/catalog/spring.profiles.active"]
      },
      {
        Sid      = "ReadSecrets"
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = [aws_secretsmanager_secret.shop_catalog_db_4fb57dec.arn]
      },
    ]
  })
}

# manifests/catalog.yaml Service/shop/catalog
# manifests/catalog.yaml Deployment/shop/catalog
# For callers inside the account; nothing unsigned gets in
resource "aws_lambda_function_url" "shop_catalog" {
  function_name = aws_lambda_function.shop_catalog.function_name
  qualifier     = aws_lambda_alias.shop_catalog.name
  # metadata.name, spec.selector.app, spec.ports[0].port
  authorization_type = "AWS_IAM"
  invoke_mode        = "BUFFERED"
}

# manifests/catalog.yaml Service/shop/catalog
# manifests/catalog.yaml Deployment/shop/catalog
resource "aws_ssm_parameter" "k2l_url_shop_catalog_b4a23d90" {
  # checkov:skip=CKV2_AWS_34:it holds configuration that Kubernetes keeps in the open too; values of Secrets are in Secrets Manager
  name           = "/k2l.url/shop-catalog"
  description    = "Where callers of Deployment/shop/catalog find it"
  type           = "String"
  tier           = "Standard"
  insecure_value = aws_lambda_function_url.shop_catalog.function_url
}
