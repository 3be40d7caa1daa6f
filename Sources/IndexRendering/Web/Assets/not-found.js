{
const home = new URL(location)
home.search = home.hash = ""
home.pathname = location.pathname.match(
  /^(.*?\/)(?:(?:project|simple|changelog|larder)\/.*|pypi\/.*json|[^/]*)$/)[1]
const style = document.createElement("link")
style.rel = "stylesheet"
style.href = home + "larder/style.css"
style.setAttribute("blocking", "render")
document.head.append(style)
document.addEventListener("DOMContentLoaded", () => {
  for (const link of document.querySelectorAll("a")) link.href = home
  document.querySelector("form").action = home
})
}
