public import IndexPipeline

extension Registry {
  /// The stages that ship with Larder.
  ///
  /// - Throws: `StageFailure` if two of them have one name, which a test excludes.
  public static func standard() throws(StageFailure) -> Registry {
    var registry = Registry()
    try registry.add(FileSource.self)
    try registry.add(StdinSource.self)
    try registry.add(HTTPSource.self)
    try registry.add(S3Source.self)
    try registry.add(DirectorySource.self)
    try registry.add(ExecSource.self)
    try registry.add(NormalizeTransform.self)
    try registry.add(FilterTransform.self)
    try registry.add(LatestTransform.self)
    try registry.add(DedupeTransform.self)
    try registry.add(SortTransform.self)
    try registry.add(SetTransform.self)
    try registry.add(RenameURLTransform.self)
    try registry.add(AnnotateTransform.self)
    try registry.add(EnrichTransform.self)
    try registry.add(ExecTransform.self)
    try registry.add(FilesystemSink.self)
    try registry.add(TarballSink.self)
    try registry.add(HTTPSink.self)
    try registry.add(S3Sink.self)
    try registry.add(ExecSink.self)
    try registry.add(ExecHook.self)
    return registry
  }
}
