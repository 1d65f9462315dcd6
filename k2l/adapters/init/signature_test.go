package main

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

// The keys and the time of AWS's own suite of signatures, and the signature that botocore makes of this request.
func TestASignatureIsTheOneThatAWSExpects(t *testing.T) {
	request, err := http.NewRequest(http.MethodPost, "https://example.amazonaws.com/a%20b//./c?b=%2F&a=2&a=1", nil)
	if err != nil {
		t.Fatal(err)
	}
	settings := Settings{Region: "us-east-1", Credentials: Credentials{"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "token"}}
	sign(request, []byte("body"), "service", settings, time.Date(2015, 8, 30, 12, 36, 0, 0, time.UTC))
	expected := "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, " +
		"SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token, Signature=334e045bd5434011e02530d32a3178c342989902afa634af722844549b055511"
	if given := request.Header.Get("Authorization"); given != expected {
		t.Errorf("Authorization is\n%s, not\n%s", given, expected)
	}
}

func TestAQueryIsSignedAndSentInOneSpelling(t *testing.T) {
	for raw, expected := range map[string][2]string{
		"":                   {"", ""},
		"b=2&a=1":            {"b=2&a=1", "a=1&b=2"},
		"q=a+b&q=A/":         {"q=a%20b&q=A%2F", "q=A%2F&q=a%20b"},
		"flag&x=":            {"flag&x=", "flag=&x="},
		"p=100%&u=%c3%a9~":   {"p=100%25&u=%C3%A9~", "p=100%25&u=%C3%A9~"},
		"a;b=1=2&&":          {"a%3Bb=1%3D2", "a%3Bb=1%3D2"},
		"a=1&a-b=1&a%20b=c ": {"a=1&a-b=1&a%20b=c%20", "a=1&a%20b=c%20&a-b=1"},
	} {
		if sent, signed := sendableQuery(raw), canonicalQuery(sendableQuery(raw)); sent != expected[0] || signed != expected[1] {
			t.Errorf("%q is sent as %q and signed as %q", raw, sent, signed)
		}
	}
}

func TestAPathIsSignedCleanAndEncodedTwice(t *testing.T) {
	for escaped, expected := range map[string]string{"": "/", "/": "/", "/a/": "/a/", "//a/../b/.": "/b", "/a%20b": "/a%2520b", "/%C3%A9:": "/%25C3%25A9%3A"} {
		if signed := canonicalPath(escaped); signed != expected {
			t.Errorf("%q is signed as %q", escaped, signed)
		}
	}
}

func TestEveryRegionHasTheHostThatBotocoreKnows(t *testing.T) {
	data, err := os.ReadFile("testdata/hosts.json")
	if err != nil {
		t.Fatal(err)
	}
	var hosts map[string]map[string][2]string
	if err := json.Unmarshal(data, &hosts); err != nil || len(hosts) != 2 {
		t.Fatal(err)
	}
	for service, regions := range hosts {
		for region, expected := range regions {
			if given := [2]string{hostOf(service, region, false), hostOf(service, region, true)}; given != expected {
				t.Errorf("%s in %s is at %v, not %v", service, region, given, expected)
			}
		}
	}
}

func TestAConfiguredEndpointComesBeforeTheRegions(t *testing.T) {
	variables := map[string]string{"AWS_REGION": "cn-north-1", "AWS_ENDPOINT_URL": "http://all", "AWS_ENDPOINT_URL_SSM": "http://ssm/"}
	settings := awsSettings(func(name string) string { return variables[name] })
	if ssm, secret := settings.endpoint(parameters), settings.endpoint(secrets); ssm != "http://ssm/" || secret != "http://all/" {
		t.Errorf("%s, %s", ssm, secret)
	}
	variables["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "True"
	if given := settings.endpoint(parameters); given != "https://ssm.cn-north-1.amazonaws.com.cn/" {
		t.Error(given)
	}
	if err := settings.check(); err == nil || !strings.Contains(err.Error(), "AWS_ACCESS_KEY_ID") {
		t.Error(err)
	}
}
