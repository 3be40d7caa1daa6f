// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "larder",
  products: [
    .executable(name: "larder", targets: ["larder"]),
    .library(
      name: "IndexPipeline",
      targets: [
        "StrictJSON", "DescriptionMarkup", "IndexModel", "IndexRendering", "IndexPipeline",
      ]
    ),
    .library(name: "IndexStages", targets: ["IndexStages"]),
    .library(name: "IndexCommand", targets: ["IndexCommand"]),
    .library(name: "IndexTesting", targets: ["IndexTesting"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // C: only IndexTransport may import it, and DescriptionMarkup, which does no input or output.
    // Libraries are loaded when they are first needed, so that a run that needs none starts at once,
    // and on machines that have none.
    .systemLibrary(name: "CLinux"),
    .target(name: "CLoading"),
    .target(name: "CCurl", dependencies: ["CLoading"]),
    .target(name: "CCrypto", dependencies: ["CLoading"]),
    .target(name: "CArchive", dependencies: ["CLoading"]),
    .target(name: "CCompression", dependencies: ["CLoading"]),
    .target(name: "CMarkdown", dependencies: ["CLoading"]),
    .target(
      name: "CXML2",
      dependencies: ["CLoading"],
      cSettings: [.headerSearchPath("headers")]
    ),

    // The library, from the vocabulary up.
    .target(name: "StrictJSON"),
    .target(name: "DescriptionMarkup", dependencies: ["StrictJSON", "CMarkdown"]),
    .target(name: "IndexModel", dependencies: ["StrictJSON"]),
    .target(
      name: "IndexRendering",
      dependencies: ["DescriptionMarkup", "IndexModel", "StrictJSON"],
      resources: [.embedInCode("Web/Assets")]
    ),
    .target(
      name: "IndexPipeline",
      dependencies: ["IndexRendering", "DescriptionMarkup", "IndexModel", "StrictJSON"]
    ),
    .target(
      name: "IndexTransport",
      dependencies: ["CLinux", "CCurl", "CCrypto", "CArchive", "CCompression", "CXML2"]
    ),
    .target(
      name: "IndexStages",
      dependencies: [
        "IndexPipeline", "IndexTransport", "IndexRendering", "IndexModel", "StrictJSON",
      ]
    ),

    // The kit of whoever tests a stage.
    .target(
      name: "IndexTesting",
      dependencies: ["IndexPipeline", "IndexRendering", "IndexModel", "StrictJSON"]
    ),

    // The command line.
    .target(
      name: "IndexCommand",
      dependencies: [
        "IndexTesting", "IndexStages", "IndexPipeline", "IndexTransport", "IndexRendering",
        "IndexModel", "StrictJSON",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    .executableTarget(
      name: "larder",
      dependencies: ["IndexCommand"],
      linkerSettings: [
        // Libraries that were installed beside it come first. RPATH, not RUNPATH: also for the
        // libraries that those need.
        .unsafeFlags([
          "-Xlinker", "--disable-new-dtags", "-Xlinker", "-rpath=$ORIGIN/../lib/larder",
        ])
      ]
    ),

    // Tests. The probe answers the differential tests of Tests/EndToEnd over a pipe.
    .executableTarget(
      name: "larder-probe",
      dependencies: [
        "DescriptionMarkup", "IndexStages", "IndexPipeline", "IndexTransport", "IndexModel",
        "StrictJSON",
      ],
      path: "Tests/Probe"
    ),
    .target(
      name: "TestSupport",
      dependencies: ["IndexModel", "IndexTransport"],
      path: "Tests/Support"
    ),
    .testTarget(name: "StrictJSONTests", dependencies: ["StrictJSON"]),
    .testTarget(
      name: "DescriptionMarkupTests",
      dependencies: ["DescriptionMarkup", "StrictJSON"]
    ),
    .testTarget(
      name: "IndexModelTests",
      dependencies: ["IndexModel", "StrictJSON", "TestSupport"]
    ),
    .testTarget(
      name: "IndexTransportTests",
      dependencies: ["IndexTransport", "TestSupport"],
      exclude: ["Programs", "Listings"]
    ),
    .testTarget(
      name: "IndexRenderingTests",
      dependencies: ["IndexRendering", "IndexModel", "StrictJSON", "TestSupport"],
      exclude: ["Golden"]
    ),
    .testTarget(
      name: "IndexPipelineTests",
      dependencies: [
        "IndexTesting", "IndexPipeline", "IndexRendering", "IndexModel", "StrictJSON",
        "TestSupport",
      ],
      exclude: ["Golden"]
    ),
    .testTarget(
      name: "IndexStagesTests",
      dependencies: [
        "IndexTesting", "IndexStages", "IndexPipeline", "IndexTransport", "IndexRendering",
        "IndexModel", "StrictJSON", "TestSupport",
      ],
      exclude: ["Transforms/Golden"]
    ),
  ]
)

for target in package.targets where target.type != .system && !target.name.hasPrefix("C") {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335
    .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
    .enableExperimentalFeature("Lifetimes"),  // spans as results, SE-0446 and SE-0456
    .strictMemorySafety(),  // SE-0458
    .treatAllWarnings(as: .error),  // SE-0480
  ]
}
