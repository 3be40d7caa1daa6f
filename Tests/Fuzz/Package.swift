// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody builds it who wants only Larder or its tests.
let package = Package(
  name: "larder-fuzz",
  dependencies: [.package(name: "larder", path: "../..")],
  targets: [
    .target(
      name: "FuzzTargets",
      dependencies: [
        .product(name: "IndexPipeline", package: "larder"),
        .product(name: "IndexStages", package: "larder"),
      ]
    ),
    .executableTarget(name: "LarderFuzz", dependencies: ["FuzzTargets"]),
  ]
)

for target in package.targets {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableExperimentalFeature("Lifetimes"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
  ]
}
