package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"slices"

	bolt "go.etcd.io/bbolt"

	"github.com/newsdedup/newsdedup/internal/corpusgen"
)

// tree is bbolt: a B+ tree in a file that is mapped into memory. Postings are sorted before they are put.
type tree struct {
	db *bolt.DB
	*sketcher
}

var buckets = [...][]byte{{ofPosting}, {ofRow}, {ofBlock}}

func openBolt(path string) (store, error) {
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		return nil, err
	}
	x := &tree{db: db, sketcher: newSketcher()}
	return x, db.Update(func(tx *bolt.Tx) error {
		for _, name := range buckets {
			if _, err := tx.CreateBucketIfNotExists(name); err != nil {
				return err
			}
		}
		for i, into := range []*uint32{&x.articles, &x.blocks} {
			if key, _ := tx.Bucket(buckets[1+i]).Cursor().Last(); key != nil {
				*into = binary.BigEndian.Uint32(key[1:]) + 1
			}
		}
		return nil
	})
}

type entry struct{ key, value []byte }

func (x *tree) add(_ context.Context, articles []corpusgen.Article) (spent, error) {
	all, blocks, err := x.sketchAll(articles)
	if err != nil {
		return spent{}, err
	}
	clock := start()
	var postings, rows, texts []entry
	for _, one := range all {
		for i, key := range one.keys {
			postings = append(postings, entry{postingKey(key, x.articles), one.weight[i : i+1]})
		}
		rows = append(rows, entry{numberKey(ofRow, x.articles), one.row})
		x.articles++
	}
	for _, block := range blocks {
		texts = append(texts, entry{numberKey(ofBlock, x.blocks), block})
		x.blocks++
	}
	slices.SortFunc(postings, func(a, b entry) int { return bytes.Compare(a.key, b.key) })
	err = x.db.Update(func(tx *bolt.Tx) error {
		for i, entries := range [][]entry{postings, rows, texts} {
			bucket := tx.Bucket(buckets[i])
			for _, e := range entries {
				if err := bucket.Put(e.key, e.value); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return clock.spent(), err
}

func (x *tree) ask(_ context.Context, article corpusgen.Article) (int, spent, error) {
	one := x.sketch(article)
	clock := start()
	found := make(votes)
	err := x.db.View(func(tx *bolt.Tx) error {
		cursor := tx.Bucket(buckets[0]).Cursor()
		for _, key := range one.keys {
			prefix := postingKey(key, 0)[:prefixBytes]
			left := mostPostings
			for k, _ := cursor.Seek(prefix); bytes.HasPrefix(k, prefix) && left > 0; k, _ = cursor.Next() {
				left--
				found[binary.BigEndian.Uint32(k[prefixBytes:])]++
			}
		}
		if len(found) > 0 {
			row := tx.Bucket(buckets[1]).Get(numberKey(ofRow, found.most()))
			_ = bytes.Clone(tx.Bucket(buckets[2]).Get(numberKey(ofBlock, binary.LittleEndian.Uint32(row[rowBytes-4:]))))
		}
		return nil
	})
	return len(found), clock.spent(), err
}

func (x *tree) close() error { return x.db.Close() }
