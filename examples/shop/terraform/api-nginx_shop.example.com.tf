# manifests/web.yaml Ingress/shop/shop
resource "aws_apigatewayv2_api" "nginx_shop_example_com_e4f4d811" {
  # spec.rules[0].host, spec.ingressClassName
  name          = "nginx_shop.example.com"
  description   = "Requests for shop.example.com"
  protocol_type = "HTTP"
}

# manifests/web.yaml Ingress/shop/shop
# trivy:ignore:AWS-0017 it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
resource "aws_cloudwatch_log_group" "api_nginx_shop_example_com_aa2cebc4" {
  # checkov:skip=CKV_AWS_158:it is encrypted at rest with a key of AWS; a key of your own is a decision about cost and access that no manifest makes
  # checkov:skip=CKV_AWS_338:how long logs are kept is an input, because it is a matter of cost and law
  name              = "/aws/vendedlogs/http-api/nginx_shop.example.com"
  retention_in_days = var.log_retention_in_days
}

# manifests/web.yaml Ingress/shop/shop
resource "aws_apigatewayv2_stage" "nginx_shop_example_com_e4f4d811" {
  api_id      = aws_apigatewayv2_api.nginx_shop_example_com_e4f4d811.id
  name        = "$default"
  auto_deploy = true

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.api_nginx_shop_example_com_aa2cebc4.arn
    format = jsonencode({
      integrationError   = "$context.integrationErrorMessage"
      integrationLatency = "$context.integrationLatency"
      protocol           = "$context.protocol"
      requestId          = "$context.requestId"
      requestTime        = "$context.requestTime"
      responseLatency    = "$context.responseLatency"
      responseLength     = "$context.responseLength"
      routeKey           = "$context.routeKey"
      status             = "$context.status"
    })
  }
}

# manifests/web.yaml Service/shop/web
resource "aws_apigatewayv2_integration" "nginx_shop_example_com_shop_web_f8175f0b" {
  api_id             = aws_apigatewayv2_api.nginx_shop_example_com_e4f4d811.id
  integration_type   = "AWS_PROXY"
  integration_method = "POST"
  # metadata.name, spec.selector.app, spec.ports[0] and 2 more
  integration_uri        = aws_lambda_alias.shop_web.invoke_arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 30000
}

# manifests/web.yaml Service/shop/web
resource "aws_lambda_permission" "nginx_shop_example_com_shop_web_f8175f0b" {
  statement_id  = "api-nginx-shop-example-com-e4f4d811"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.shop_web.function_name
  qualifier     = aws_lambda_alias.shop_web.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.nginx_shop_example_com_e4f4d811.execution_arn}/*/*"
}

# manifests/catalog.yaml Service/shop/catalog
resource "aws_apigatewayv2_integration" "nginx_shop_example_com_shop_catalog_9df9f391" {
  api_id             = aws_apigatewayv2_api.nginx_shop_example_com_e4f4d811.id
  integration_type   = "AWS_PROXY"
  integration_method = "POST"
  # metadata.name, spec.selector.app, spec.ports[0].port and 2 more
  integration_uri        = aws_lambda_alias.shop_catalog.invoke_arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 30000
}

# manifests/catalog.yaml Service/shop/catalog
resource "aws_lambda_permission" "nginx_shop_example_com_shop_catalog_9df9f391" {
  statement_id  = "api-nginx-shop-example-com-e4f4d811"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.shop_catalog.function_name
  qualifier     = aws_lambda_alias.shop_catalog.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.nginx_shop_example_com_e4f4d811.execution_arn}/*/*"
}

# manifests/web.yaml Ingress/shop/shop
resource "aws_apigatewayv2_route" "nginx_shop_example_com_default_f99897aa" {
  # checkov:skip=CKV_AWS_309:the Ingress let every caller through to the application as well, which decides who may do what
  api_id = aws_apigatewayv2_api.nginx_shop_example_com_e4f4d811.id
  # spec.rules[0].http.paths[0].path, spec.rules[0].http.paths[0].pathType
  route_key = "$default"
  target    = "integrations/${aws_apigatewayv2_integration.nginx_shop_example_com_shop_web_f8175f0b.id}"
}

# manifests/web.yaml Ingress/shop/shop
resource "aws_apigatewayv2_route" "nginx_shop_example_com_ANY_api_catalog_8f92333a" {
  # checkov:skip=CKV_AWS_309:the Ingress let every caller through to the application as well, which decides who may do what
  api_id = aws_apigatewayv2_api.nginx_shop_example_com_e4f4d811.id
  # spec.rules[0].http.paths[1].path, spec.rules[0].http.paths[1].pathType
  route_key = "ANY /api/catalog"
  target    = "integrations/${aws_apigatewayv2_integration.nginx_shop_example_com_shop_catalog_9df9f391.id}"
}

# manifests/web.yaml Ingress/shop/shop
resource "aws_apigatewayv2_route" "nginx_shop_example_com_ANY_api_catalog_proxy_7186beda" {
  # checkov:skip=CKV_AWS_309:the Ingress let every caller through to the application as well, which decides who may do what
  api_id = aws_apigatewayv2_api.nginx_shop_example_com_e4f4d811.id
  # spec.rules[0].http.paths[1].path, spec.rules[0].http.paths[1].pathType
  route_key = "ANY /api/catalog/{proxy+}"
  target    = "integrations/${aws_apigatewayv2_integration.nginx_shop_example_com_shop_catalog_9df9f391.id}"
}

# manifests/web.yaml Ingress/shop/shop
resource "aws_apigatewayv2_domain_name" "nginx_shop_example_com_e4f4d811" {
  count = contains(keys(var.certificate_arns), "shop.example.com") ? 1 : 0

  # spec.rules[0].host
  domain_name = "shop.example.com"

  domain_name_configuration {
    certificate_arn = var.certificate_arns["shop.example.com"]
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }
}

# manifests/web.yaml Ingress/shop/shop
resource "aws_apigatewayv2_api_mapping" "nginx_shop_example_com_e4f4d811" {
  count = length(aws_apigatewayv2_domain_name.nginx_shop_example_com_e4f4d811)

  api_id      = aws_apigatewayv2_api.nginx_shop_example_com_e4f4d811.id
  domain_name = aws_apigatewayv2_domain_name.nginx_shop_example_com_e4f4d811[0].domain_name
  stage       = aws_apigatewayv2_stage.nginx_shop_example_com_e4f4d811.id
}
