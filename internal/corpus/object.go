package corpus

import (
	"bytes"
	"encoding/json"
)

// An Object is a JSON object that is being written: see Format.Object. The zero value
// is one without members.
type Object struct{ out bytes.Buffer }

// AddText adds a member whose value is a string. Bytes that are not UTF-8 become U+FFFD.
func (o *Object) AddText(name, value string) {
	o.begin(name)
	o.quote(value)
}

// AddJSON adds a member whose value is given as JSON.
func (o *Object) AddJSON(name string, value []byte) {
	o.begin(name)
	o.out.Write(value)
}

func (o *Object) begin(name string) {
	if o.out.Len() == 0 {
		o.out.WriteByte('{')
	} else {
		o.out.WriteByte(',')
	}
	o.quote(name)
	o.out.WriteByte(':')
}

func (o *Object) quote(text string) {
	encoder := json.NewEncoder(&o.out)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text) // of a string, to memory
	o.out.Truncate(o.out.Len() - 1)
}

// Bytes returns the object, nil for one without members.
func (o *Object) Bytes() []byte {
	if o.out.Len() == 0 {
		return nil
	}
	return append(o.out.Bytes(), '}')
}
