package main

import (
	"bytes"
	"encoding/json"
	"os"
)

// Contract is what images/<function>/init.json says; mappings/schema/init.schema.json says what each field means.
type Contract struct {
	Schema      string     `json:"schema"`
	Function    string     `json:"function"`
	Mode        string     `json:"mode"`
	Image       Image      `json:"image"`
	Command     []Text     `json:"command"`
	Args        []Text     `json:"args"`
	WorkingDir  *Text      `json:"workingDir"`
	Environment []Variable `json:"environment"`
	Files       []File     `json:"files"`
	Writable    []Folder   `json:"writable"`
	Links       []Folder   `json:"links"`
	Listen      []Listener `json:"listen"`
	HTTP        *HTTP      `json:"http"`
	Job         *Job       `json:"job"`
}

// Image is the build's business.
type Image struct {
	Source       string `json:"source"`
	Architecture string `json:"architecture"`
}

// Variable is one of a name (with a value, a reference or parts), or, without a name, one for each of many values behind a prefix.
type Variable struct {
	Name   string     `json:"name"`
	Value  *string    `json:"value"`
	From   *Reference `json:"from"`
	Parts  []Part     `json:"parts"`
	Prefix *string    `json:"prefix"`
}

// File is baked into the image (Source), or written at start (From, Target).
type File struct {
	Path   string     `json:"path"`
	Mode   Mode       `json:"mode"`
	Source string     `json:"source"`
	From   *Reference `json:"from"`
	Target string     `json:"target"`
}

// Folder is a path of the image that leads to Target.
type Folder struct {
	Path   string `json:"path"`
	Target string `json:"target"`
}

// Listener is a loopback port for another function.
type Listener struct {
	Port    int       `json:"port"`
	Target  Reference `json:"target"`
	Timeout int       `json:"timeout"`
}

// HTTP is what the web adapter is told; the init only knows that it may be there.
type HTTP struct {
	Port      int             `json:"port"`
	Readiness json.RawMessage `json:"readiness"`
}

// Job bounds one run, in seconds. Timeout is a function's: of a task, 0.
type Job struct {
	Timeout     int  `json:"timeout"`
	Deadline    *int `json:"deadline"`
	GracePeriod *int `json:"gracePeriod"`
}

// readContract reads and checks the contract at path.
func readContract(path string) (*Contract, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	contract := &Contract{}
	if err := decodeStrictly(data, contract); err != nil {
		return nil, err
	}
	return contract, contract.validate()
}

// decodeStrictly refuses what the fields of into do not name: a contract that says more than this program knows is not for this program.
func decodeStrictly(data []byte, into interface{}) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}
