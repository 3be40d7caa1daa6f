import ArgumentParser
import IndexModel
import IndexPipeline
@_spi(Benchmarks) import IndexRendering
import IndexStages

/// What `build` and `render` have in common: a list, and which pages to make of it.
struct IndexArguments: ParsableArguments {
  @Argument(help: "The list: file names or JSON objects, one per line.")
  var list: String

  @Option(help: "The pages to make: complete or dumb-pypi.")
  var pageSet = PageSetName.complete

  @Option(help: "The URL of the distributions.")
  var packagesURL = "../../pool/"

  /// The pipeline of `larder generate`, with another choice of pages.
  func pipeline(to sink: any Sink) throws -> Pipeline {
    var render = RenderOptions(fileURL: try FileURL(prefix: packagesURL))
    render.pages = pageSet.pages
    let source = FileSource(path: list, format: .detect, badLines: .skipFilenames)
    var pipeline = Pipeline(
      sources: [Pipeline.SourceStep("list", source)],
      render: render,
      sinks: [Pipeline.SinkStep("output", sink)]
    )
    pipeline.stopsAtConflicts = false
    pipeline.comparesFirst = false
    return pipeline
  }
}

/// The page sets that are measured.
enum PageSetName: String, ExpressibleByArgument, CaseIterable {
  /// Everything that Larder makes.
  case complete
  /// No more than dumb-pypi makes, so that both do the same work.
  case dumbPyPI = "dumb-pypi"

  var pages: PageSet {
    switch self {
    case .complete: .all
    case .dumbPyPI: .dumbPyPI
    }
  }
}
