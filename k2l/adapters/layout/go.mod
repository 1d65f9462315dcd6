module github.com/kube2lambda/k2l/layout

go 1.19
