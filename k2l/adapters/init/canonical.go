package main

import (
	"net/url"
	"path"
	"sort"
	"strings"
)

// canonicalPath is the path as it is signed: without dots and doubled slashes, and encoded once more than it is sent.
func canonicalPath(escaped string) string {
	if escaped == "" {
		return "/"
	}
	clean := path.Clean("/" + escaped)
	if strings.HasSuffix(escaped, "/") && clean != "/" {
		clean += "/"
	}
	return encode(clean, "/")
}

// canonicalQuery is the query as it is signed: every pair, encoded in one way only, in the order of their bytes.
func canonicalQuery(raw string) string {
	pairs := queryPairs(raw)
	sort.Slice(pairs, func(i, j int) bool {
		if pairs[i].name == pairs[j].name {
			return pairs[i].value < pairs[j].value
		}
		return pairs[i].name < pairs[j].name
	})
	texts := make([]string, len(pairs))
	for i, p := range pairs {
		texts[i] = p.name + "=" + p.value
	}
	return strings.Join(texts, "&")
}

// sendableQuery is the query with every pair in its place and encoded in one way only. How Lambda reads a plus sign or a bare slash of a
// query before it checks the signature is not documented; AWS's own SDKs do not send them either.
// https://github.com/aws/aws-sdk-go-v2/blob/main/aws/signer/v4/v4.go
func sendableQuery(raw string) string {
	pairs := queryPairs(raw)
	texts := make([]string, len(pairs))
	for i, p := range pairs {
		texts[i] = p.name
		if p.equals {
			texts[i] += "=" + p.value
		}
	}
	return strings.Join(texts, "&")
}

type pair struct {
	name, value string
	equals      bool
}

func queryPairs(raw string) []pair {
	var pairs []pair
	for _, text := range strings.Split(raw, "&") {
		if text == "" {
			continue
		}
		name, value, equals := strings.Cut(text, "=")
		pairs = append(pairs, pair{encodeAgain(name), encodeAgain(value), equals})
	}
	return pairs
}

// encodeAgain decodes a part of a query, where a plus sign is a space, and encodes it. What was not encoded properly stands for itself.
func encodeAgain(text string) string {
	if decoded, err := url.QueryUnescape(text); err == nil {
		text = decoded
	}
	return encode(text, "")
}

const unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

// encode writes every byte but the unreserved ones and those of keep as %XX.
func encode(text, keep string) string {
	const digits = "0123456789ABCDEF"
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		if c := text[i]; strings.IndexByte(unreserved, c) >= 0 || strings.IndexByte(keep, c) >= 0 {
			out.WriteByte(c)
		} else {
			out.WriteByte('%')
			out.WriteByte(digits[c>>4])
			out.WriteByte(digits[c&15])
		}
	}
	return out.String()
}
