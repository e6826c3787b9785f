import EspalierFiles
import EspalierTensors
import Foundation

extension DatasetKind {
  /// A pair of IDX files; the file of labels is given after a comma or found beside the images by MNIST's names.
  /// Options follow.
  static let idx = DatasetKind(
    form: "IMAGES-idx3-ubyte[.gz][,LABELS]\(GreyImages.form)", summary: "a pair of IDX files",
    recognizes: { argument in
      let file = PathPair(ArgumentOptions(argument).subject).samples.split(separator: "/").last ?? ""
      return file.contains(/idx[1-9]|\.idx(\.gz)?$/)
    },
    open: { argument, _ throws(EspalierError) in
      let options = ArgumentOptions(argument)
      let paths = PathPair(options.subject)
      let images = try IDX.dataset(
        name: argument, images: paths.samples, labels: paths.labels ?? IDX.labelsPath(beside: paths.samples))
      return try GreyImages.dataset(images, options)
    })

  /// The ten kinds of clothing of H. Xiao, K. Rasul and R. Vollgraf, "Fashion-MNIST" (2017), in its four IDX files.
  static let fashionMNIST = DatasetKind.digits(prefix: "fashion-mnist", summary: "the four files of Fashion-MNIST")

  /// The ten digits of Y. LeCun's MNIST, in its four IDX files.
  static let mnist = DatasetKind.digits(prefix: "mnist", summary: "the four files of MNIST")

  private static func digits(prefix: String, summary: String) -> DatasetKind {
    DatasetKind(
      form: "\(prefix):DIR\(GreyImages.form)", summary: summary, recognizes: { $0.hasPrefix("\(prefix):") },
      open: { argument, purpose throws(EspalierError) in
        let options = ArgumentOptions(argument, prefix: "\(prefix):")
        let part = purpose.split == .train ? "train" : "t10k"
        let images = try IDX.dataset(
          name: argument, images: IDX.find("\(part)-images-idx3-ubyte", in: options.subject),
          labels: IDX.find("\(part)-labels-idx1-ubyte", in: options.subject), classCount: 10)
        return try GreyImages.dataset(images, options)
      })
  }
}

extension IDX {
  /// Images with labels as a data set. Grey images get a channel axis: `1 x rows x columns`.
  static func dataset(
    name: String, images: String, labels: String?, classCount: Int? = nil
  ) throws(EspalierError) -> any Dataset {
    var samples = try IDX(images).samples()
    if samples.sampleShape.rank == 2 { samples.sampleShape = Shape([1] + samples.sampleShape.sizes) }
    return try StoredDataset(
      name: name, samples: samples, labels: labels.map { path throws(EspalierError) in (try IDX(path).labels(), path) },
      classCount: classCount)
  }

  /// The file with one of MNIST's names in `directory`, plain or gzip.
  static func find(_ name: String, in directory: String) throws(EspalierError) -> String {
    let plain = directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
    guard let path = [plain, plain + ".gz"].first(where: { FileManager.default.fileExists(atPath: $0) }) else {
      throw EspalierError(
        .file, directory, "has neither \(name) nor \(name).gz", remedy: "give the directory of the four IDX files")
    }
    return path
  }

  /// The file of labels for a file of images by MNIST's names; `nil` if there is none.
  static func labelsPath(beside images: String) -> String? {
    let slash = images.lastIndex(of: "/").map { images.index(after: $0) } ?? images.startIndex
    var file = String(images[slash...])
    if file.hasSuffix(".gz") { file.removeLast(3) }
    let name = file.replacing("images", with: "labels").replacing(/idx[2-9]/, with: "idx1")
    guard name != file else { return nil }
    return [name, name + ".gz"].map { images[..<slash] + $0 }.first { FileManager.default.fileExists(atPath: $0) }
  }
}
