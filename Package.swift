// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target is held to the same rules: Swift 6 language mode, and no warning survives.
let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]
/// The same of C.
let strictC: [CSetting] = [.treatAllWarnings(as: .error)]

let collections = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let oneDNN = Target.Dependency.target(name: "COneDNN", condition: .when(traits: ["OneDNN"]))

let package = Package(
  name: "espalier",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "espalier", targets: ["EspalierTool"]),
    // The library behind the command; its users import the modules they need.
    .library(name: "Espalier", targets: ["Espalier"]),
  ],
  traits: [
    .trait(name: "OneDNN", description: "Run networks on oneDNN; without it, in plain Swift."),
    .default(enabledTraits: ["OneDNN"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: [
    // System libraries, and nothing else.
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CLAPACK", pkgConfig: "openblas",
      providers: [.apt(["liblapacke-dev", "libopenblas-dev"]), .brew(["openblas", "lapack"])]),
    .systemLibrary(
      name: "CLibJPEG", pkgConfig: "libjpeg", providers: [.apt(["libjpeg-dev"]), .brew(["jpeg-turbo"])]),
    .systemLibrary(name: "CLibPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),

    // What Swift cannot call as it is.
    .target(name: "CJPEG", dependencies: ["CLibJPEG"], cSettings: strictC),
    .target(name: "CPNG", dependencies: ["CLibPNG"], cSettings: strictC),
    .target(name: "CPrefetch", cSettings: strictC),
    // oneDNN has no file for pkg-config. Without the trait the target is empty.
    .target(
      name: "COneDNN", cSettings: strictC + [.define("OneDNN", .when(traits: ["OneDNN"]))],
      linkerSettings: [.linkedLibrary("dnnl", .when(traits: ["OneDNN"]))]),

    // From the bottom up; every target depends only on those above it here.
    .target(name: "Files", dependencies: ["CZlib", system], swiftSettings: strict),
    .target(name: "Threading", swiftSettings: strict),
    .target(name: "Tensors", dependencies: ["Files", collections], swiftSettings: strict),
    .target(name: "LinearAlgebra", dependencies: ["CLAPACK"], swiftSettings: strict),
    .target(
      name: "ProximalPoint", dependencies: ["Files", "Tensors", "LinearAlgebra", "CPrefetch"], swiftSettings: strict),
    .target(name: "Images", dependencies: ["Files", "Tensors", "CJPEG", "CPNG"], swiftSettings: strict),
    .target(name: "Text", dependencies: ["Files"], swiftSettings: strict),
    .target(
      name: "Datasets", dependencies: ["Files", "Threading", "Tensors", "Images", "Text"], swiftSettings: strict),
    .target(name: "Graph", dependencies: ["Files", "Tensors", collections], swiftSettings: strict),
    .target(
      name: "ONNX", dependencies: ["Files", "Tensors", "Graph", collections, protobuf],
      exclude: ["Schema/onnx-ml.proto"], swiftSettings: strict),
    .target(name: "Architectures", dependencies: ["Files", "Tensors", "Graph", collections], swiftSettings: strict),
    .target(name: "Operators", dependencies: ["Files", "Tensors", "Graph", collections], swiftSettings: strict),
    .target(name: "Execution", dependencies: ["Files", "Tensors", "Operators"], swiftSettings: strict),
    .target(
      name: "Kernels", dependencies: ["Files", "Tensors", "Graph", "Operators", "Execution"], swiftSettings: strict),
    .target(
      name: "VectorKernels",
      dependencies: ["Files", "Threading", "Tensors", "Graph", "Operators", "Execution", "Kernels"],
      swiftSettings: strict),
    .target(
      name: "OneDNNKernels",
      dependencies: [
        "Files", "Threading", "Tensors", "Graph", "Operators", "Execution", "Kernels", "VectorKernels", oneDNN,
      ],
      swiftSettings: strict),
    .target(
      name: "Inference", dependencies: ["Files", "Tensors", "Graph", "Operators", "Execution", "Kernels", collections],
      swiftSettings: strict),
    .target(
      name: "Engine",
      dependencies: [
        "Files", "Threading", "Tensors", "Graph", "Operators", "Execution", "Kernels", "VectorKernels", "Inference",
        .target(name: "OneDNNKernels", condition: .when(traits: ["OneDNN"])), collections,
      ], swiftSettings: strict),
    .target(name: "Tables", dependencies: ["Files"], swiftSettings: strict),
    .target(
      name: "Training",
      dependencies: [
        "Files", "Tensors", "Graph", "Operators", "VectorKernels", "Execution", "Inference", "Kernels", "Threading",
        "Engine",
        "Datasets", "ProximalPoint", collections,
      ],
      swiftSettings: strict),
    .target(
      name: "Pruning",
      dependencies: [
        "Files", "Tensors", "LinearAlgebra", "Graph", "Operators", "VectorKernels", "Execution", "Inference", "Kernels",
        "Threading",
        "Engine", "Datasets", collections,
      ],
      swiftSettings: strict),

    .target(
      name: "Regression", dependencies: ["Files", "Tensors", "Tables", "ProximalPoint"], swiftSettings: strict),

    .target(name: "Reports", dependencies: ["Files", system], swiftSettings: strict),
    .target(
      name: "Workflows",
      dependencies: [
        "Files", "Graph", "Operators", "Threading", "VectorKernels", "Kernels", "Inference", "Execution", "Engine",
        "Datasets", "Training", "Pruning", "Tables", "ProximalPoint",
        "Regression",
        "Reports",
      ], swiftSettings: strict),
    // The papers' experiments: not of the library.
    // The one public module: all that a client imports.
    .target(
      name: "Espalier",
      dependencies: [
        "Files", "Tensors", "Datasets", "Graph", "ONNX", "Operators", "Execution", "Kernels", "Engine", "Training",
        "Pruning", "Tables", "ProximalPoint", "Regression", "Reports",
      ], swiftSettings: strict),
    .target(
      name: "Experiments",
      dependencies: [
        "Files", "Tensors", "LinearAlgebra", "Datasets", "Graph", "ONNX", "Architectures", "Operators", "Threading",
        "VectorKernels", "Kernels", "Inference", "Execution", "Engine",
        "Training", "Pruning", "ProximalPoint", "Reports", "Workflows",
      ], swiftSettings: strict),
    // Named apart from the library also where a file system ignores case.
    .executableTarget(
      name: "EspalierTool",
      dependencies: [
        "Files", "Tensors", "Text", "Datasets", "Graph", "ONNX", "Architectures", "Operators", "Threading",
        "VectorKernels", "Kernels", "Inference", "Execution", "Engine", "Training",
        "Pruning", "Tables", "ProximalPoint", "Regression", "Reports", "Workflows", "Experiments", argumentParser,
      ], swiftSettings: strict),

    // Tests.
    .target(name: "TestSupport", dependencies: ["Files", "Tensors"], path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "FilesTests", dependencies: ["Files", "TestSupport"], resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(name: "ThreadingTests", dependencies: ["Threading"], swiftSettings: strict),
    .testTarget(
      name: "TensorsTests", dependencies: ["Files", "Tensors", "TestSupport", collections],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(name: "GraphTests", dependencies: ["Graph", "Tensors"], swiftSettings: strict),
    .testTarget(
      name: "ONNXTests", dependencies: ["ONNX", "Files", "Tensors", "Graph", collections, protobuf],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "PruningTests",
      dependencies: [
        "Execution", "Inference", "Kernels", "VectorKernels", "Threading",
        "Architectures", "Pruning", "ONNX", "Engine", "Operators", "Graph", "LinearAlgebra", "Tensors", "Files",
        "TestSupport",
      ],
      exclude: ["Fixtures/make_golden.py"],
      resources: [
        .copy("Fixtures/two-layer"), .copy("Fixtures/basic-block"), .copy("Fixtures/inverted-residual"),
      ], swiftSettings: strict),
    .testTarget(
      name: "WorkflowsTests",
      dependencies: [
        "Workflows", "Training", "Pruning", "Datasets", "Architectures", "Operators", "Threading", "VectorKernels",
        "Kernels", "Inference", "Execution", "Graph", "Tensors", "Files",
      ], swiftSettings: strict),
    .testTarget(name: "ReportsTests", dependencies: ["Reports", "Files"], swiftSettings: strict),
    .testTarget(
      name: "CommandLineTests",
      dependencies: ["EspalierTool", "ONNX", "Graph", "Tensors", "Architectures", "Files", "TestSupport"],
      exclude: ["Fixtures/failures.txt", "Fixtures/help"], resources: [.copy("Fixtures/multinomial")],
      swiftSettings: strict),
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
      dependencies: [
        "Operators", "Execution", "Inference", "Kernels", "VectorKernels", "Threading", "Engine", "ONNX", "Graph",
        "Files", "Tensors", "TestSupport", collections,
      ], exclude: ["Fixtures/make_onnxruntime.py"], resources: [.copy("Fixtures/onnxruntime")], swiftSettings: strict),
    .testTarget(
      name: "EngineTests",
      dependencies: [
        "Engine", "Operators", "VectorKernels", "Execution", "Inference", "Kernels", "Threading", "Graph", "Files",
        "Tensors",
        "TestSupport", collections,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "TrainingTests",
      dependencies: [
        "Execution", "Inference", "Kernels", "VectorKernels", "Threading",
        "Training", "Datasets", "ONNX", "Engine", "Operators", "Graph", "Files", "Tensors", "TestSupport", collections,
      ], exclude: ["Fixtures/make_fixtures.py"], resources: [.copy("Fixtures/training-step")], swiftSettings: strict),
  ]
)
