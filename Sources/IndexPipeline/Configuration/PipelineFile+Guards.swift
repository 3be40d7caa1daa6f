extension PipelineFile {
  /// Reads `guards`.
  func guards(in pipeline: inout Settings) -> Guards {
    pipeline.object("guards", "What must hold before the first write.") { settings in
      var guards = Guards()
      guards.minimumProjects = settings.integer(
        "min_projects",
        "The fewest projects that the index may have.",
        in: 0...Int.max,
        default: 0
      )
      guards.maximumRemovedProjects = settings.share(
        "max_removed_projects",
        "How many of its projects the index may lose at once: a number, or a share of those it has.",
        example: .percent(5)
      )
      guards.maximumRemovedFiles = settings.share(
        "max_removed_files",
        "How many of its files the index may lose at once: a number, or a share of those it has.",
        example: .percent(20)
      )
      guards.allowsEmptyProjects = settings.boolean(
        "allow_empty_projects",
        "Whether a project may lose all its files to transforms.",
        default: false
      )
      for field in settings.fields { guards.places[field.name] = settings.place(of: field.name) }
      return guards
    }
  }
}
