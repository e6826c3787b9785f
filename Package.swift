// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target is held to the same rules: Swift 6 language mode, and no warning survives.
let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]

let collections = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let oneDNN = Target.Dependency.target(name: "COneDNN", condition: .when(traits: ["OneDNN"]))

let package = Package(
  name: "espalier",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "espalier", targets: ["EspalierTool"]),
    // The library behind the command; its users import the modules they need.
    .library(
      name: "Espalier",
      targets: [
        "Files", "Tensors", "LinearAlgebra", "ProximalPoint", "Images", "Text", "Datasets", "Graph", "ONNX",
        "Architectures",
        "Operators", "Engine", "Training", "Pruning", "Finetuning", "Tables", "Regression", "Reports", "Experiments",
      ]),
  ],
  traits: [
    .trait(name: "OneDNN", description: "Run networks on oneDNN; without it, in plain Swift."),
    .default(enabledTraits: ["OneDNN"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
  ],
  targets: [
    // System libraries, and nothing else.
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(name: "COneDNN", providers: [.apt(["libdnnl-dev"]), .brew(["onednn"])]),
    .systemLibrary(name: "CPrefetch"),
    .systemLibrary(
      name: "CLAPACK", providers: [.apt(["liblapacke-dev", "libopenblas-dev"]), .brew(["openblas", "lapack"])]),
    .systemLibrary(name: "CJPEG", providers: [.apt(["libjpeg-dev"]), .brew(["jpeg-turbo"])]),
    .systemLibrary(name: "CPNG", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),

    // From the bottom up; every target depends only on those above it here.
    .target(name: "Files", dependencies: ["CZlib"], swiftSettings: strict),
    .target(name: "Tensors", dependencies: ["Files", collections], swiftSettings: strict),
    .target(name: "LinearAlgebra", dependencies: ["CLAPACK"], swiftSettings: strict),
    .target(
      name: "ProximalPoint", dependencies: ["Files", "Tensors", "LinearAlgebra", "CPrefetch"], swiftSettings: strict),
    .target(name: "Images", dependencies: ["Files", "Tensors", "CJPEG", "CPNG"], swiftSettings: strict),
    .target(name: "Text", dependencies: ["Files"], swiftSettings: strict),
    .target(name: "Datasets", dependencies: ["Files", "Tensors", "Images", "Text"], swiftSettings: strict),
    .target(name: "Graph", dependencies: ["Files", "Tensors", collections], swiftSettings: strict),
    .target(
      name: "ONNX", dependencies: ["Files", "Tensors", "Graph", collections, protobuf],
      exclude: ["Schema/onnx-ml.proto"], swiftSettings: strict),
    .target(name: "Architectures", dependencies: ["Files", "Tensors", "Graph", collections], swiftSettings: strict),
    .target(
      name: "Operators", dependencies: ["Files", "Tensors", "Graph", collections, oneDNN], swiftSettings: strict),
    .target(
      name: "Engine", dependencies: ["Files", "Tensors", "Graph", "Operators", collections], swiftSettings: strict),
    .target(name: "Tables", dependencies: ["Files"], swiftSettings: strict),
    .target(
      name: "Training",
      dependencies: ["Files", "Tensors", "Graph", "Operators", "Engine", "Datasets", "ProximalPoint", collections],
      swiftSettings: strict),
    .target(
      name: "Pruning",
      dependencies: ["Files", "Tensors", "LinearAlgebra", "Graph", "Operators", "Engine", "Datasets", collections],
      swiftSettings: strict),

    .target(
      name: "Finetuning",
      dependencies: ["Graph", "Operators", "Engine", "Datasets", "Training", "Pruning"], swiftSettings: strict),
    .target(
      name: "Regression", dependencies: ["Files", "Tensors", "Tables", "ProximalPoint"], swiftSettings: strict),

    .target(name: "Reports", dependencies: ["Files"], swiftSettings: strict),
    .target(
      name: "Experiments",
      dependencies: [
        "Files", "Tensors", "LinearAlgebra", "Datasets", "Graph", "ONNX", "Architectures", "Operators", "Engine",
        "Training", "Pruning", "Tables", "ProximalPoint", "Regression", "Reports",
      ], swiftSettings: strict),
    // Named apart from the library also where a file system ignores case.
    .executableTarget(
      name: "EspalierTool",
      dependencies: [
        "Files", "Tensors", "Text", "Datasets", "Graph", "ONNX", "Architectures", "Operators", "Engine", "Training",
        "Pruning", "Finetuning", "Tables", "ProximalPoint", "Regression", "Reports", "Experiments", argumentParser,
      ], swiftSettings: strict),

    // Tests.
    .target(name: "TestSupport", dependencies: ["Files", "Tensors"], path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "FilesTests", dependencies: ["Files", "TestSupport"], resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "TensorsTests", dependencies: ["Files", "Tensors", "TestSupport", collections],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "ONNXTests", dependencies: ["ONNX", "Files", "Tensors", "Graph", collections, protobuf],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "PruningTests",
      dependencies: [
        "Architectures", "Pruning", "ONNX", "Engine", "Operators", "Graph", "LinearAlgebra", "Tensors", "Files",
        "TestSupport",
      ],
      exclude: ["Fixtures/make_golden.py"],
      resources: [
        .copy("Fixtures/two-layer"), .copy("Fixtures/basic-block"), .copy("Fixtures/inverted-residual"),
      ], swiftSettings: strict),
    .testTarget(
      name: "FinetuningTests",
      dependencies: [
        "Finetuning", "Training", "Pruning", "Datasets", "Architectures", "Operators", "Graph", "Tensors",
      ], swiftSettings: strict),
    .testTarget(name: "ReportsTests", dependencies: ["Reports", "Files"], swiftSettings: strict),
    .testTarget(
      name: "CommandLineTests",
      dependencies: ["EspalierTool", "ONNX", "Graph", "Tensors", "Architectures", "Files", "TestSupport"],
      resources: [.copy("Fixtures/multinomial")], swiftSettings: strict),
    .testTarget(
      name: "ImagesTests", dependencies: ["Images", "Datasets", "Files", "Tensors", "TestSupport"],
      exclude: ["Fixtures/make_fixtures.py"], resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "TextTests", dependencies: ["Text", "Datasets", "Files", "Tensors", "TestSupport"],
      exclude: ["Fixtures/make_fixtures.py"], resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "DatasetsTests", dependencies: ["Datasets", "Files", "Tensors", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "TablesTests", dependencies: ["Tables", "Files", "Tensors", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "RegressionTests",
      dependencies: ["Regression", "Tables", "ProximalPoint", "Files", "Tensors", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "LinearAlgebraTests", dependencies: ["LinearAlgebra", "Tensors", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "ProximalPointTests", dependencies: ["ProximalPoint", "Files", "Tensors", "LinearAlgebra"],
      exclude: ["Fixtures/make_golden.py"], resources: [.copy("Fixtures/golden")], swiftSettings: strict),
    .testTarget(
      name: "OperatorsTests",
      dependencies: ["Operators", "Engine", "ONNX", "Graph", "Files", "Tensors", "TestSupport", collections],
      swiftSettings: strict),
    .testTarget(
      name: "EngineTests",
      dependencies: ["Engine", "Operators", "Graph", "Files", "Tensors", "TestSupport", collections],
      swiftSettings: strict),
    .testTarget(
      name: "TrainingTests",
      dependencies: [
        "Training", "Datasets", "ONNX", "Engine", "Operators", "Graph", "Files", "Tensors", "TestSupport", collections,
      ], exclude: ["Fixtures/make_fixtures.py"], resources: [.copy("Fixtures/training-step")], swiftSettings: strict),
  ]
)
