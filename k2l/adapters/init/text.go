package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"strconv"
)

// Text is parts that are written one after another.
type Text []Part

// Part is a literal, the value of a reference, or a variable of the environment.
type Part struct {
	Literal  string
	From     *Reference
	Else     []Part
	Variable *string
}

// UnmarshalJSON reads a string, or an object with parts.
func (t *Text) UnmarshalJSON(data []byte) error {
	if isString(data) {
		*t = Text{{}}
		return json.Unmarshal(data, &(*t)[0].Literal)
	}
	var given struct {
		Parts []Part `json:"parts"`
	}
	if err := decodeStrictly(data, &given); err != nil {
		return err
	}
	*t = given.Parts
	return nil
}

// UnmarshalJSON reads a string, or an object with from or variable.
func (p *Part) UnmarshalJSON(data []byte) error {
	if isString(data) {
		return json.Unmarshal(data, &p.Literal)
	}
	var given struct {
		From     *Reference `json:"from"`
		Else     []Part     `json:"else"`
		Variable *string    `json:"variable"`
	}
	if err := decodeStrictly(data, &given); err != nil {
		return err
	}
	if (given.From == nil) == (given.Variable == nil) {
		return errors.New("a part is a string, a reference or a variable")
	}
	if given.From != nil && given.From.many() {
		return errors.New("a part is one value: " + given.From.String() + " stands for many")
	}
	p.From, p.Else, p.Variable = given.From, given.Else, given.Variable
	return nil
}

func isString(data []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(data), []byte{'"'})
}

// Mode is permissions, written in octal as chmod takes them.
type Mode uint32

// UnmarshalText reads 0644.
func (m *Mode) UnmarshalText(text []byte) error {
	bits, err := strconv.ParseUint(string(text), 8, 12)
	*m = Mode(bits)
	return err
}

// file is m for the os package, which keeps the three upper bits elsewhere.
func (m Mode) file() fs.FileMode {
	mode := fs.FileMode(m & 0o777)
	for bit, flag := range map[Mode]fs.FileMode{0o4000: fs.ModeSetuid, 0o2000: fs.ModeSetgid, 0o1000: fs.ModeSticky} {
		if m&bit != 0 {
			mode |= flag
		}
	}
	return mode
}
