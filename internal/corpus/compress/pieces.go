package compress

// pieces passes on the bytes of one frame and no more, though the library that
// reads them would go on. The frame is measured on its way, by the sizes that
// stand in it; whether it is sound is left to the library.
type pieces struct {
	input *source
	// next returns the length of the piece at which the input stands, io.EOF
	// behind the last.
	next  func() (int, error)
	left  int    // of the piece
	front []byte // what is passed on first, in place of bytes of the input
}

func (p *pieces) Read(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	for p.left == 0 && len(p.front) == 0 {
		length, err := p.next()
		if err != nil {
			return 0, err
		}
		p.left = length
	}
	if len(p.front) > 0 {
		n := copy(b, p.front)
		p.front = p.front[n:]
		return n, nil
	}
	n, err := p.input.Read(b[:min(len(b), p.left)])
	p.left -= n
	return n, unexpected(err)
}

// must returns the next n bytes of the input without taking them; the end of
// the input before them is an error.
func (p *pieces) must(n int) ([]byte, error) {
	head, err := p.input.Peek(n)
	return head, unexpected(err)
}
