package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"sort"
	"strings"
	"time"
)

const algorithm = "AWS4-HMAC-SHA256"

// sign adds the headers of Signature Version 4 for a request with this body. Signed are the host and the headers that begin with X-Amz-
// and were set by the init: whatever else the request carries may be changed on its way.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
func sign(request *http.Request, body []byte, service string, settings Settings, now time.Time) {
	payload := hexDigest(body)
	stamp := now.UTC().Format("20060102T150405Z")
	signed := map[string]string{"host": hostHeader(request), "x-amz-content-sha256": payload, "x-amz-date": stamp}
	if token := settings.Credentials.SessionToken; token != "" {
		signed["x-amz-security-token"] = token
	}
	if target := request.Header.Get("X-Amz-Target"); target != "" {
		signed["x-amz-target"] = target
	}
	names := make([]string, 0, len(signed))
	for name, value := range signed {
		names = append(names, name)
		if name != "host" {
			request.Header.Set(name, value)
		}
	}
	sort.Strings(names)
	var headers strings.Builder
	for _, name := range names {
		headers.WriteString(name + ":" + strings.TrimSpace(signed[name]) + "\n")
	}
	list := strings.Join(names, ";")
	canonical := strings.Join([]string{
		request.Method, canonicalPath(request.URL.EscapedPath()), canonicalQuery(request.URL.RawQuery), headers.String(), list, payload,
	}, "\n")
	scope := strings.Join([]string{stamp[:8], settings.Region, service, "aws4_request"}, "/")
	text := strings.Join([]string{algorithm, stamp, scope, hexDigest([]byte(canonical))}, "\n")
	key := []byte("AWS4" + settings.Credentials.SecretKey)
	for _, part := range strings.Split(scope, "/") {
		key = mac(key, part)
	}
	request.Header.Set("Authorization", algorithm+" Credential="+settings.Credentials.AccessKey+"/"+scope+
		", SignedHeaders="+list+", Signature="+hex.EncodeToString(mac(key, text)))
}

func hostHeader(request *http.Request) string {
	if request.Host != "" {
		return request.Host
	}
	return request.URL.Host
}

func hexDigest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func mac(key []byte, text string) []byte {
	hash := hmac.New(sha256.New, key)
	hash.Write([]byte(text))
	return hash.Sum(nil)
}
