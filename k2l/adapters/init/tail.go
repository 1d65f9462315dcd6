package main

import "strings"

const (
	// A secret has at most 64 KB: one that is cut where the tail begins is nowhere near its last lines.
	tailMax      = 256 << 10
	traceMax     = 64
	traceMaxSize = 8 << 10
)

// Tail keeps the end of what is written to it.
type Tail struct {
	kept []byte
}

func (t *Tail) Write(data []byte) (int, error) {
	written := len(data)
	if len(data) > tailMax {
		data = data[len(data)-tailMax:]
	}
	if len(t.kept)+len(data) > 2*tailMax {
		t.kept = append(t.kept[:0], t.kept[len(t.kept)-tailMax:]...)
	}
	t.kept = append(t.kept, data...)
	return written, nil
}

// lines are the last lines, without those at the end that are empty, each as valid UTF-8; redact sees all of the text at once.
func (t *Tail) lines(redact func(string) string) []string {
	text := strings.TrimRight(redact(string(t.kept)), "\r\n\t ")
	if text == "" {
		return []string{}
	}
	all := strings.Split(text, "\n")
	size, first := 0, len(all)
	for first > 0 && len(all)-first < traceMax {
		if size += len(all[first-1]) + 1; size > traceMaxSize && first < len(all) {
			break
		}
		first--
	}
	lines := all[first:]
	for i, line := range lines {
		if len(line) > traceMaxSize {
			line = line[len(line)-traceMaxSize:]
		}
		lines[i] = strings.ToValidUTF8(strings.TrimRight(line, "\r"), "\uFFFD")
	}
	return lines
}
