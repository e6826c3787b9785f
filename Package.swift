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
let oneDNN = Target.Dependency.target(name: "CEspalierOneDNN", condition: .when(traits: ["OneDNN"]))
let oneDNNKernels = Target.Dependency.target(name: "EspalierOneDNNKernels", condition: .when(traits: ["OneDNN"]))

/// The modules of these parts. Modules bear the package's name in front of the part's, so that none has the name of a
/// client's own: `Sources/Graph` is the module `EspalierGraph`.
func modules(_ parts: [String]) -> [Target.Dependency] { parts.map { .target(name: "Espalier\($0)") } }

/// A part of the package, in `Sources` under its own name.
func part(
  _ name: String, on parts: [String] = [], _ others: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .target(
    name: "Espalier\(name)", dependencies: modules(parts) + others, path: "Sources/\(name)", exclude: exclude,
    swiftSettings: strict)
}

/// A system library, nothing else, in `Sources` as `CName`.
func library(_ name: String, pkgConfig: String, _ debian: [String], _ homebrew: [String]) -> Target {
  .systemLibrary(
    name: "CEspalier\(name)", path: "Sources/C\(name)", pkgConfig: pkgConfig,
    providers: [.apt(debian), .brew(homebrew)])
}

/// C that Swift cannot call as it is, in `Sources` as `CName`.
func shim(
  _ name: String, on libraries: [Target.Dependency] = [], _ settings: [CSetting] = [], _ linking: [LinkerSetting] = []
) -> Target {
  .target(
    name: "CEspalier\(name)", dependencies: libraries, path: "Sources/C\(name)", cSettings: strictC + settings,
    linkerSettings: linking)
}

/// A suite of tests, in `Tests` under its own name.
func tests(
  _ name: String, on parts: [String] = [], _ others: [Target.Dependency] = [], exclude: [String] = [],
  resources: [String] = []
) -> Target {
  .testTarget(
    name: name, dependencies: modules(parts) + others, exclude: exclude, resources: resources.map { .copy($0) },
    swiftSettings: strict)
}

let package = Package(
  name: "espalier",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "espalier", targets: ["EspalierTool"]),
    .library(name: "Espalier", targets: ["Espalier"]),
  ],
  traits: [
    .trait(name: "OneDNN", description: "Run networks on oneDNN; without it, on kernels in Swift."),
    .trait(name: "MPI", description: "Work in several processes started by mpirun; Open MPI is loaded when they are."),
    .default(enabledTraits: ["OneDNN", "MPI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: [
    library("Zlib", pkgConfig: "zlib", ["zlib1g-dev"], ["zlib"]),
    library("LAPACK", pkgConfig: "openblas", ["liblapacke-dev", "libopenblas-dev"], ["openblas", "lapack"]),
    library("LibJPEG", pkgConfig: "libjpeg", ["libjpeg-dev"], ["jpeg-turbo"]),
    library("LibPNG", pkgConfig: "libpng", ["libpng-dev"], ["libpng"]),

    shim("JPEG", on: ["CEspalierLibJPEG"]),
    shim("PNG", on: ["CEspalierLibPNG"]),
    shim("Prefetch"),
    // oneDNN has no file for pkg-config. Without the trait the target is empty.
    shim(
      "OneDNN", [.define("OneDNN", .when(traits: ["OneDNN"]))], [.linkedLibrary("dnnl", .when(traits: ["OneDNN"]))]),

    // From the bottom up; every part depends only on those above it here.
    part("Threading"),
    part("Files", ["CEspalierZlib", system]),
    part("Processes", on: ["Files"]),
    part("Tensors", on: ["Files"], [collections]),
    part("LinearAlgebra", on: ["Threading"], ["CEspalierLAPACK"]),
    part("ProximalPoint", on: ["Files", "Processes", "Tensors", "LinearAlgebra"], ["CEspalierPrefetch"]),
    part("Images", on: ["Files", "Tensors"], ["CEspalierJPEG", "CEspalierPNG"]),
    part("Text", on: ["Files"]),
    part("Datasets", on: ["Threading", "Files", "Processes", "Tensors", "Images", "Text"]),
    part("Graph", on: ["Files", "Tensors"], [collections]),
    part("ONNX", on: ["Files", "Tensors", "Graph"], [collections, protobuf], exclude: ["Schema/onnx-ml.proto"]),
    part("Architectures", on: ["Files", "Tensors", "Graph"], [collections]),
    part("Operators", on: ["Files", "Tensors", "Graph"], [collections]),
    part("Execution", on: ["Files", "Tensors", "Operators"]),
    part("Kernels", on: ["Files", "Tensors", "Operators", "Execution"]),
    part("VectorKernels", on: ["Threading", "Files", "Tensors", "Operators", "Execution", "Kernels"]),
    part("OneDNNKernels", on: ["Files", "Tensors", "Operators", "Execution", "Kernels", "VectorKernels"], [oneDNN]),
    part("Inference", on: ["Files", "Tensors", "Graph", "Operators", "Kernels"]),
    part("Inputs", on: ["Files", "Tensors", "Images", "Datasets", "Graph", "Operators", "Inference"]),
    part(
      "Engine", on: ["Files", "Tensors", "Graph", "Operators", "Execution", "Kernels", "VectorKernels", "Inference"],
      [oneDNNKernels]),
    part("Tables", on: ["Files"]),
    part(
      "Training",
      on: [
        "Files", "Processes", "Tensors", "ProximalPoint", "Datasets", "Graph", "Operators", "Execution", "Inference",
        "Inputs", "Engine",
      ],
      [collections]),
    part(
      "Pruning",
      on: [
        "Files", "Processes", "Tensors", "LinearAlgebra", "Datasets", "Graph", "Operators", "Execution", "Inference",
        "Inputs", "Engine",
      ],
      [collections]),
    part(
      "Regression",
      on: ["Threading", "Files", "Processes", "Tensors", "LinearAlgebra", "ProximalPoint", "Tables"]),
    part("Reports", on: ["Files"], [system]),
    part(
      "Workflows",
      on: [
        "Files", "Processes", "ProximalPoint", "Datasets", "Graph", "Operators", "Execution", "Inference", "Engine",
        "Tables", "Training", "Pruning", "Regression", "Reports",
      ]),
    part(
      "Experiments",
      on: [
        "Files", "Tensors", "LinearAlgebra", "ProximalPoint", "Datasets", "Graph", "ONNX", "Architectures", "Operators",
        "Execution", "Engine", "Tables", "Training", "Pruning", "Regression", "Reports", "Workflows",
      ]),

    // The one public module: all that a client imports.
    .target(
      name: "Espalier",
      dependencies: modules([
        "Files", "Tensors", "ProximalPoint", "Datasets", "Graph", "ONNX", "Operators", "Execution", "Kernels", "Inputs",
        "Engine", "Tables", "Training", "Pruning", "Regression", "Reports",
      ]), swiftSettings: strict),
    // Named apart from it also where a file system ignores case.
    .executableTarget(
      name: "EspalierTool",
      dependencies: modules([
        "Threading", "Files", "Processes", "Tensors", "ProximalPoint", "Text", "Datasets", "Graph", "ONNX",
        "Architectures", "Operators", "Execution", "Inputs", "Engine", "Tables", "Training", "Pruning", "Regression",
        "Reports", "Workflows", "Experiments",
      ]) + [argumentParser], swiftSettings: strict),

    .target(
      name: "EspalierTestSupport", dependencies: modules(["Files", "Processes", "Tensors"]), path: "Tests/TestSupport",
      swiftSettings: strict),
    tests(
      "CommandLineTests", on: ["Files", "Tensors", "Graph", "ONNX", "Architectures"],
      ["EspalierTool", "EspalierTestSupport"], exclude: ["Fixtures/failures.txt", "Fixtures/help"],
      resources: ["Fixtures/multinomial", "Fixtures/hostile", "Fixtures/formula"]),
    tests("DatasetsTests", on: ["Files", "Tensors", "Datasets"], ["EspalierTestSupport"]),
    tests(
      "EngineTests", on: ["Files", "Tensors", "Graph", "Operators", "Execution", "Kernels", "Inference", "Engine"],
      [collections, "EspalierTestSupport"]),
    tests("EspalierTests", on: ["Tensors", "Graph", "ONNX"], ["Espalier"]),
    tests(
      "ExperimentsTests",
      on: [
        "Files", "Tensors", "ProximalPoint", "Datasets", "Graph", "Architectures", "Operators", "Execution", "Kernels",
        "Engine", "Pruning", "Reports", "Experiments",
      ], ["EspalierTestSupport"]),
    tests("FilesTests", on: ["Files"], ["EspalierTestSupport"], resources: ["Fixtures"]),
    tests("GraphTests", on: ["Tensors", "Graph"]),
    tests(
      "ImagesTests", on: ["Files", "Tensors", "Images", "Datasets"], ["EspalierTestSupport"],
      exclude: ["Fixtures/make_fixtures.py"], resources: ["Fixtures"]),
    tests(
      "InputsTests", on: ["Files", "Tensors", "Images", "Datasets", "Graph", "Operators", "Inputs"],
      ["EspalierTestSupport"]),
    tests("LinearAlgebraTests", on: ["Tensors", "LinearAlgebra"]),
    tests("ONNXTests", on: ["Files", "Tensors", "Graph", "ONNX"], [protobuf], resources: ["Fixtures"]),
    tests(
      "OperatorsTests",
      on: ["Files", "Tensors", "Graph", "ONNX", "Operators", "Execution", "Kernels", "Inference", "Engine"],
      [collections, "EspalierTestSupport"], exclude: ["Fixtures/make_onnxruntime.py"],
      resources: ["Fixtures/onnxruntime"]),
    tests("ProcessesTests", on: ["Files", "Processes"], ["EspalierTestSupport"]),
    tests(
      "ProximalPointTests", on: ["Files", "Tensors", "LinearAlgebra", "ProximalPoint"],
      exclude: ["Fixtures/make_golden.py"], resources: ["Fixtures/golden"]),
    tests(
      "PruningTests",
      on: [
        "Files", "Processes", "Tensors", "LinearAlgebra", "Datasets", "Graph", "ONNX", "Architectures", "Operators",
        "Execution", "Kernels", "Inference", "Engine", "Pruning",
      ], [collections, "EspalierTestSupport"], exclude: ["Fixtures/make_golden.py", "Fixtures/make_quantized.py"],
      resources: [
        "Fixtures/two-layer", "Fixtures/basic-block", "Fixtures/inverted-residual", "Fixtures/groups",
        "Fixtures/quantized",
      ]),
    tests(
      "RegressionTests", on: ["Files", "Processes", "Tensors", "ProximalPoint", "Tables", "Regression"],
      ["EspalierTestSupport"], exclude: ["Fixtures/make_inference.py", "Fixtures/make_ordinal.py"],
      resources: ["Fixtures/inference", "Fixtures/ordinal"]),
    tests("ReportsTests", on: ["Files", "Reports"]),
    tests("TablesTests", on: ["Files", "Tensors", "Tables"], ["EspalierTestSupport"]),
    tests("TensorsTests", on: ["Files", "Tensors"], [collections, "EspalierTestSupport"], resources: ["Fixtures"]),
    tests(
      "TextTests", on: ["Files", "Tensors", "Text", "Datasets"], ["EspalierTestSupport"],
      exclude: ["Fixtures/make_fixtures.py"], resources: ["Fixtures"]),
    tests("ThreadingTests", on: ["Threading"]),
    tests(
      "TrainingTests",
      on: [
        "Files", "Processes", "Tensors", "ProximalPoint", "Datasets", "Graph", "ONNX", "Operators", "Execution",
        "Inference", "Engine", "Training",
      ], ["EspalierTestSupport"], exclude: ["Fixtures/make_fixtures.py"], resources: ["Fixtures/training-step"]),
    tests(
      "WorkflowsTests",
      on: [
        "Files", "Tensors", "ProximalPoint", "Datasets", "Graph", "ONNX", "Architectures", "Operators", "Execution",
        "Engine", "Tables", "Training", "Pruning", "Regression", "Reports", "Workflows",
      ], exclude: ["Fixtures/make_linear_models.py"], resources: ["Fixtures/linear-models"]),
  ]
)

// Scripts/fuzz alone asks for the fuzzed parsers: they link libFuzzer, which brings a `main` of its own.
if Context.environment["ESPALIER_FUZZING"] != nil {
  package.targets.append(
    .executableTarget(
      name: "EspalierFuzzing",
      dependencies: modules([
        "Files", "Tensors", "Images", "Text", "Datasets", "ONNX", "Architectures", "Tables", "Regression",
      ]), path: "Fuzzing/Sources", swiftSettings: strict))
}
