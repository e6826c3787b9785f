// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "PruneAModel",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "espalier", path: "../..")],
  targets: [
    .executableTarget(
      name: "PruneAModel", dependencies: [.product(name: "Espalier", package: "espalier")], path: "Sources")
  ]
)
