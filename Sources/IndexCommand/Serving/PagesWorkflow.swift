/// A workflow that publishes an index to GitHub Pages.
///
/// Source: the documentation of GitHub Pages and of actions/deploy-pages.
enum PagesWorkflow {
  static func text(of index: ServedIndex) -> String {
    #"""
    # A Python package index of Larder on GitHub Pages: .github/workflows/index.yml.
    # Pages serves the index as it lies: pages in HTML, to all who ask.

    name: Python package index
    on:
      push:
        branches: [main]
      schedule:
        - cron: "17 3 * * *"
      workflow_dispatch:
    permissions:
      contents: read
    # A publication that has begun ends, and the next one waits for it.
    concurrency:
      group: pages
      cancel-in-progress: false
    jobs:
      build:
        runs-on: ubuntu-latest
        env:
          # Where your binary of larder is, and the SHA-256 of it.
          LARDER_URL: ${{ vars.LARDER_URL }}
          LARDER_SHA256: ${{ vars.LARDER_SHA256 }}
          FOLDER: "\#(index.folder)"
        steps:
          - uses: actions/checkout@v4
          - name: Get larder
            run: |
              curl --fail --silent --show-error --location --output "$RUNNER_TEMP/larder" "$LARDER_URL"
              echo "$LARDER_SHA256  $RUNNER_TEMP/larder" | sha256sum --check --strict
              chmod +x "$RUNNER_TEMP/larder"
          - name: Make the index
            run: |
              "$RUNNER_TEMP/larder" run pipeline.json
              # Pages would drop what it takes for a file of Jekyll's.
              touch "$FOLDER/.nojekyll"
          - uses: actions/upload-pages-artifact@v3
            with:
              path: "\#(index.folder)"
      deploy:
        needs: build
        runs-on: ubuntu-latest
        permissions:
          pages: write
          id-token: write
        environment:
          name: github-pages
          url: ${{ steps.deployment.outputs.page_url }}
        steps:
          - id: deployment
            uses: actions/deploy-pages@v4

    """#
  }
}
