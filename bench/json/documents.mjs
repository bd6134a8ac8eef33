const row = (id) => ({
  id,
  name: `Row number ${id}`,
  note: 'A sentence with "quotes", é, and a few more words to read.\n',
  tags: ['a', 'bb', 'ccc'],
  price: id * 1.25,
  isNew: id % 2 === 0,
  none: null,
})

/** Sections of fifty rows each, up to the requested length. */
export function sections(length) {
  const all = []
  let id = 0
  for (let written = 0; written < length;) {
    const rows = []
    while (rows.length < 50 && written < length) {
      rows.push(row(++id))
      written += JSON.stringify(rows.at(-1)).length + 1
    }
    all.push({ title: `Section ${all.length + 1}`, rows })
  }
  return JSON.stringify({ sections: all })
}

/** One flat list of rows. */
export function list(length) {
  const rows = []
  for (let written = 0; written < length; written += JSON.stringify(rows.at(-1)).length + 1) {
    rows.push(row(rows.length + 1))
  }
  return JSON.stringify({ rows })
}

/** One long string. */
export function string(length) {
  return JSON.stringify({ text: 'word and more '.repeat(length / 14) })
}
