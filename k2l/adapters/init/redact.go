package main

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"regexp"
	"sort"
	"strings"
)

const mask = "[redacted]"

// Values shorter than this, such as a port or a user's name, are covered where they stand as a word: within words they would turn up by chance.
const shortValue = 8

// redactor covers values, in the spellings in which programs print them, wherever they stand in a text.
func redactor(values []string) func(string) string {
	spellings := map[string]bool{}
	for _, value := range values {
		for _, spelling := range spelled(value) {
			spellings[spelling] = true
		}
	}
	ordered := make([]string, 0, len(spellings))
	for spelling := range spellings {
		ordered = append(ordered, spelling)
	}
	// A value may be part of another one: the longer first.
	sort.Slice(ordered, func(i, j int) bool {
		if len(ordered[i]) == len(ordered[j]) {
			return ordered[i] < ordered[j]
		}
		return len(ordered[i]) > len(ordered[j])
	})
	return func(text string) string {
		for _, spelling := range ordered {
			text = cover(text, spelling)
		}
		return text
	}
}

func cover(text, spelling string) string {
	if len(spelling) >= shortValue || !strings.Contains(text, spelling) {
		return strings.ReplaceAll(text, spelling, mask)
	}
	word := regexp.MustCompile(`(^|[^\pL\pN_])` + regexp.QuoteMeta(spelling) + `($|[^\pL\pN_])`)
	// Neighbours share the character between them, so that once is not enough.
	return word.ReplaceAllString(word.ReplaceAllString(text, "${1}"+mask+"${2}"), "${1}"+mask+"${2}")
}

// spelled are a value, its lines, and both as they look in JSON, in a URL and in base64.
func spelled(value string) []string {
	plain := []string{value, strings.TrimSpace(value)}
	for _, line := range strings.Split(value, "\n") {
		if line = strings.TrimSpace(line); len(line) >= shortValue {
			plain = append(plain, line)
		}
	}
	var all []string
	for _, text := range plain {
		if text == "" {
			continue
		}
		all = append(all, text, url.QueryEscape(text), url.PathEscape(text), base64.StdEncoding.EncodeToString([]byte(text)))
		all = append(all, quoted(text, true), quoted(text, false))
	}
	return all
}

// quoted is a text as it stands between the quotes of a JSON string, of which there are two schools.
func quoted(text string, escapeHTML bool) string {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(escapeHTML)
	if err := encoder.Encode(text); err != nil {
		return text
	}
	return out.String()[1 : out.Len()-2]
}
