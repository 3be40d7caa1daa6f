// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody builds it who wants only Larder or its tests.
let package = Package(
  name: "larder-benchmarks",
  dependencies: [
    .package(name: "larder", path: "../.."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    .executableTarget(
      name: "LarderBenchmark",
      dependencies: [
        .product(name: "IndexPipeline", package: "larder"),
        .product(name: "IndexStages", package: "larder"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableExperimentalFeature("Lifetimes"),
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
      ]
    ),
    .target(name: "FloorTree"),
    .executableTarget(name: "FloorWriter", dependencies: ["FloorTree"]),
    .executableTarget(name: "PutFloor", dependencies: ["FloorTree"]),
    .executableTarget(name: "ProcessMeter"),
    .executableTarget(
      name: "MarkupFloor",
      cSettings: [.unsafeFlags(["-I/usr/include/libxml2"])],
      linkerSettings: [.linkedLibrary("xml2")]
    ),
  ],
  cLanguageStandard: .gnu17
)
