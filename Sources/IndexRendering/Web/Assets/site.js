// What pages can do beyond being read: they all work without it.
{
const root = new URL("..", document.currentScript.src)
const box = document.querySelector("input[type=search]")

// Folders stand for their pages on every server, and on no disk.
if (location.protocol === "file:")
  for (const link of document.querySelectorAll('a[href$="/"]')) link.href += "index.html"

// The lines for installers name this index, if a shell takes its URL as it is.
const index = new URL("simple/", root).href
if (/^(https?|file):[\w:/.~%-]+$/.test(index))
  for (const place of document.querySelectorAll("var")) place.textContent = index

// execCommand copies on plain http too, where an index of one's own often is.
document.addEventListener("click", event => {
  const button = event.target.closest(".copy")
  if (!button) return
  const range = document.createRange()
  range.selectNodeContents(button.previousElementSibling)
  getSelection().removeAllRanges()
  getSelection().addRange(range)
  document.execCommand("copy")
  const label = button.ariaLabel
  button.textContent = button.ariaLabel = "Copied"
  setTimeout(() => { button.textContent = "Copy"; button.ariaLabel = label }, 2000)
})

document.addEventListener("keydown", event => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return
  if (!box || event.target.closest("input")) return
  event.preventDefault()
  box.focus()
  box.select()
})

// The home page finds projects by the beginning of their names, and of the parts of their names.
const all = document.getElementById("all")
const found = document.getElementById("found")
if (all && found && box) {
  const most = 100
  const say = document.querySelector("output")
  const atRest = say.textContent
  const listed = found.hasAttribute("data-shards")
    ? null : [...all.querySelectorAll("li")].map(row => row.textContent.trim())

  // Names that begin alike are in a file: its first line says how the names of other files go on
  // from here, the other lines are names. If there are such files, the shortest of theirs are too.
  const files = new Map()
  const load = prefix => {
    if (!files.has(prefix)) files.set(prefix, read(prefix))
    return files.get(prefix)
  }
  const read = async prefix => {
    try {
      const answer = await fetch(new URL(`larder/search/${prefix || "_"}.txt`, root))
      if (!answer.ok) throw new Error(answer.status)
      const [line, ...names] = (await answer.text()).trimEnd().split("\n")
      return { next: line.split(" ").filter(Boolean), names }
    } catch (error) {
      files.delete(prefix)
      throw error
    }
  }
  const lookUp = async word => {
    for (let prefix = ""; ;) {
      const file = await load(prefix), rest = word.slice(prefix.length)
      const next = rest && file.next.find(end => end.startsWith(rest) || rest.startsWith(end))
      if (!next) return { names: file.names, isCut: !rest && file.next.length > 0 }
      prefix += next
    }
  }
  const candidates = async words => {
    if (listed) return { names: listed, isCut: false }
    const parts = await Promise.all([...new Set([words.join("-"), ...words])].map(lookUp))
    return {
      names: new Set(parts.flatMap(part => part.names)),
      isCut: parts.every(part => part.isCut),
    }
  }

  const rank = (names, words) => {
    const whole = words.join("-"), hits = []
    const begins = (name, word) => name.startsWith(word) || name.includes("-" + word)
    for (const name of names) {
      const order = name === whole ? 0 : name.startsWith(whole) ? 1
        : words.every(word => begins(name, word)) ? 2
        : listed && words.every(word => name.includes(word)) ? 3 : 4
      if (order < 4) hits.push({ name, order })
    }
    return hits.sort((a, b) =>
      a.order - b.order || a.name.length - b.name.length || (a.name < b.name ? -1 : 1))
  }
  const row = ({ name }) => {
    const link = document.createElement("a")
    link.textContent = name
    link.href = `project/${name}/${location.protocol === "file:" ? "index.html" : ""}`
    const item = document.createElement("li")
    item.append(link)
    return item
  }
  let asked = ""
  const search = async () => {
    const text = asked = box.value
    const words = text.toLowerCase().replace(/[-_.]+/g, "-").split(/\s+/)
      .map(word => word.replace(/^-/, "")).filter(Boolean)
    if (!words.length) {
      all.hidden = false
      found.replaceChildren()
      say.value = atRest
      return
    }
    try {
      const { names, isCut } = await candidates(words)
      if (text !== asked) return
      const hits = rank(names, words)
      all.hidden = true
      found.replaceChildren(...hits.slice(0, most).map(row))
      say.value = hits.length > most || isCut
        ? `The first ${Math.min(most, hits.length)} of more projects: type on to narrow them`
        : hits.length ? hits.length + (hits.length === 1 ? " project" : " projects")
        : "No project has such a name"
    } catch {
      if (text !== asked) return
      all.hidden = false
      found.replaceChildren()
      say.value = "The search cannot be read just now: the list below has all projects"
    }
  }
  box.addEventListener("input", search)
  box.form.addEventListener("submit", async event => {
    event.preventDefault()
    await search()
    found.querySelector("a")?.click()
  })
  document.addEventListener("keydown", event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const stops = [box, ...found.querySelectorAll("a")]
    const at = stops.indexOf(document.activeElement)
    if (!step || at < 0 || !stops[at + step]) return
    event.preventDefault()
    stops[at + step].focus()
  })
  box.value = new URLSearchParams(location.search).get("q") || box.value
  if (box.value) search()
}
}
