/** Answers as models write them, by the feature that they test. */
export const answers: Record<string, string> = {
  'headings and paragraphs': `# Sorting

Sorting puts items in **order**. There are many ways.
They differ in speed.

## Quick sort
It picks a pivot.
### How
Swap, then recurse.

Done
====
Really.
`,
  'fenced code': `Use this:

\`\`\`ts
const a = 1

// # not a heading
- not a list

const b = \`x\`
\`\`\`

Or with tildes:

~~~~
~~~
still code

\`\`\`
~~~~
Right after it.

\`\`\`
never closed

to the end`,
  'steps with code in them': `Do this:

1. Install it:

   \`\`\`sh
   npm install

   npm test
   \`\`\`

2. Then run it
   with care.
   - nested

     still nested
   - more

10. Ten:
    \`\`\`js
    run()
    \`\`\`

That is all.

* other
* list

+ another list

- [ ] task
- [x] done

\tindented code?

End.
`,
  'code at the margin of a step': `1. First

   \`\`\`sh
code at the margin
   \`\`\`

2. Second

text

- item
lazy
  \`\`\`
  x

  y
  \`\`\`

text
`,
  'a table and quotes': `| a | b |
|---|:-:|
| 1 | 2 |
| [x] | \`|\` |
not a row?

> quoted
lazy
> - list

> another quote
> \`\`\`
> code

after the quote

| x |
| - |
# Heading
text
`,
  HTML: `<details>
<summary>More</summary>

Hidden **text**

</details>

<!-- a comment

with a blank line -->
Text after.

<pre>
# raw

- raw
</pre>

<b>inline</b> text

<div>
\`\`\`
</div>

text

<script>
let a = 1

let b = 2
</script>

Last.
`,
  'sources at the end': `See [the docs][1] and [Guide].

Also ![logo] and [the docs][1] again, but not [other].

- in a list: [guide][]

> in a quote: [Guide
> two]

\`[1]\` is code.

[1]: https://example.com/docs "The docs"
[guide]: https://example.com/guide

[logo]: /logo.png

[guide two]: /two

Later: [1], [GUIDE].

[1]: https://example.com/second-does-not-count
`,
  'definitions in doubt': `See [a] and [b].

[c]: this is not a definition

A [c] b.

Text [d].

Text.
`,
  'math and breaks': `The sum:

$$
a + b

# still math
$$

---

$5 and $6

***

Text\\
break
`,
}
