import EspalierDatasets
import EspalierFiles
import EspalierTensors
import EspalierTestSupport
import Foundation
import Testing

@Suite struct NPYDatasetTests {
  /// Samples `[i, i + 0.5]` and labels `i % 3`, in one directory.
  func written(_ directory: TemporaryDirectory, count: Int = 7) throws -> (inputs: String, labels: String) {
    let inputs = Tensor(shape: [count, 2], (0..<count).flatMap { [Float($0), Float($0) + 0.5] })
    try NPY.write(inputs, to: directory.path + "/x.npy")
    try NPY.write(Tensor(shape: [count], (0..<count).map { Int64($0 % 3) }), to: directory.path + "/y.npy")
    return (directory.path + "/x.npy", directory.path + "/y.npy")
  }

  @Test(arguments: [1, 2, 7, 8])
  func streamsWhatRandomAccessReads(size: Int) throws {
    let directory = try TemporaryDirectory()
    let paths = try written(directory)
    let data = try open("\(paths.inputs),\(paths.labels)")
    #expect(data.count == 7)
    #expect(data.sampleShape == [2])
    #expect(data.classCount == 3)
    let batches = try collect(data.stream(batchSize: size))
    let expected = (0..<7).flatMap { [Float($0), Float($0) + 0.5] }
    #expect(batches.flatMap(\.numbers) == expected)
    for batch in batches { #expect(try data.samples(at: batch.indices) == batch) }
    #expect(try data.samples(at: [6, 0, 1, 2, 2]).numbers == [6, 6.5, 0, 0.5, 1, 1.5, 2, 2.5, 2, 2.5])
    #expect(try open(paths.inputs).classCount == nil)
  }

  @Test func everyRealTypeBecomesFloat32() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/x.npy"
    func check(_ tensor: Tensor, _ expected: [Float]) throws {
      try NPY.write(tensor, to: path)
      #expect(try open(path).samples(at: [1, 0]).numbers == expected, "\(tensor.elementType)")
    }
    try check(Tensor(shape: [2], [1, 3] as [Int8]), [3, 1])
    try check(Tensor(shape: [2], [-1, 300] as [Int16]), [300, -1])
    try check(Tensor(shape: [2], [-1, 70_000] as [Int32]), [70_000, -1])
    try check(Tensor(shape: [2], [-1, 1 << 40] as [Int64]), [0x1p40, -1])
    try check(Tensor(shape: [2], [1, 200] as [UInt8]), [200, 1])
    try check(Tensor(shape: [2], [1, 65_535] as [UInt16]), [65_535, 1])
    try check(Tensor(shape: [2], [1, 1 << 31] as [UInt32]), [0x1p31, 1])
    try check(Tensor(shape: [2], [1, 1 << 63] as [UInt64]), [0x1p63, 1])
    try check(Tensor(shape: [2], [1.5, -0.1]), [-0.1, 1.5])
    try check(Tensor(shape: [2], [false, true]), [1, 0])
    try check(Tensor(shape: [2], elementType: .float16, bytes: [0, 0x3C, 0, 0xC1]), [-2.5, 1])
  }

  @Test(arguments: [Float.nan, -.infinity, .infinity], [0, 3, 6])
  func aNumberThatIsNotFiniteIsNamed(value: Float, sample: Int) throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/x.npy"
    var numbers = [Float](repeating: .greatestFiniteMagnitude, count: 21)
    numbers[sample * 3 + 1] = value
    try NPY.write(Tensor(shape: [7, 3], numbers), to: path)
    let streamed = dataError { () throws(EspalierError) in try collect(open(path).stream(batchSize: 2)) }
    #expect(streamed?.subject == path)
    #expect(streamed?.fault.hasPrefix("sample \(sample) holds \(value)") == true)
    let shuffled = dataError { () throws(EspalierError) in try open(path).samples(at: [(sample + 1) % 7, sample]) }
    #expect(shuffled == streamed)
  }

  @Test func aDoubleBeyondFloat32IsNamed() throws {
    let directory = try TemporaryDirectory()
    try NPY.write(Tensor(shape: [2], [1, 1e300]), to: directory.path + "/x.npy")
    let error = dataError { () throws(EspalierError) in try open(directory.path + "/x.npy").samples(at: [1]) }
    #expect(error?.fault.hasPrefix("sample 1 holds inf") == true)
  }

  @Test func archivesHoldBoth() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/data.npz"
    let inputs = Tensor(shape: [3, 2], (0..<6).map(Float.init))
    for names in [("x", "y"), ("inputs", "labels")] {
      try NPZ.write([names.0: inputs, names.1: Tensor(shape: [3], [0, 1, 1] as [UInt8])], to: path)
      let data = try open(path)
      #expect(data.classCount == 2)
      let batches = try collect(data.stream(batchSize: 2))
      #expect(batches.flatMap(\.numbers) == [0, 1, 2, 3, 4, 5])
      #expect(batches.flatMap { $0.labels ?? [] } == [0, 1, 1])
    }
    try NPZ.write(["z": inputs], to: path)
    #expect(dataError { () throws(EspalierError) in try open(path) }?.fault == "has no array x or inputs, but: z")
  }

  @Test func wrongLabelsAreNamed() throws {
    let directory = try TemporaryDirectory()
    let paths = try written(directory)
    func fault(_ labels: Tensor) throws -> String {
      try NPY.write(labels, to: paths.labels)
      return dataError { () throws(EspalierError) in try open("\(paths.inputs),\(paths.labels)") }?.fault ?? ""
    }
    #expect(try fault(Tensor(shape: [6], [Int64](repeating: 0, count: 6))).contains("6 labels for 7 samples"))
    #expect(try fault(Tensor(shape: [7], [Float](repeating: 0, count: 7))).contains("float32 labels"))
    #expect(try fault(Tensor(shape: [7], [0, 0, -1, 0, 0, 0, 0] as [Int64])).contains("label -1 at sample 2"))
    #expect(try fault(Tensor(shape: [7], [0, 0, 0, Int64.max, 0, 0, 0])).contains("at sample 3"))
    #expect(try fault(Tensor(shape: [7, 2], [Int64](repeating: 0, count: 14))).contains("7 x 2"))
  }

  /// 64 MB pass through in batches of 64 KB.
  @Test func aLargeFileStreamsInSmallBatches() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/x.npy"
    try NPY.write(Tensor(repeating: Float(1), shape: [16_384, 1024]), to: path)
    let stream = try open(path).stream(batchSize: 16)
    var count = 0
    while let batch = try stream.next() {
      #expect(batch[Batch.samples].bytes.count == 1 << 16)
      count += batch.count
    }
    #expect(count == 16_384)
  }
}

@Suite struct DatasetLocationTests {
  @Test(arguments: ["data.csv", "images", "imagenet:dir", "", ",", "x.npy.txt"])
  func unknownKindsAreRefusedWithAListOfKnownOnes(argument: String) throws {
    let error = try #require(dataError { () throws(EspalierError) in try DatasetLocation(parsing: argument) })
    #expect(error.subject == (argument.isEmpty ? "an empty argument" : argument))
    for kind in DatasetKind.all { #expect(error.remedy?.contains(kind.form) == true) }
  }

  /// The options that data of grey images takes.
  private static let greyOptions =
    "[,size=32][,channels=3][,scale=255][,mean=M][,std=S][,augment=crop|no][,layout=nchw|nhwc]"

  @Test(arguments: [
    ("fashion-mnist:/data", "fashion-mnist:DIR\(Self.greyOptions)"), ("mnist:/data", "mnist:DIR\(Self.greyOptions)"),
    ("a/b.npy", "INPUTS.npy[,LABELS.npy]"),
    ("a.npy,b.npy", "INPUTS.npy[,LABELS.npy]"), ("a.npz", "FILE.npz"),
    ("train-images-idx3-ubyte.gz", "IMAGES-idx3-ubyte[.gz][,LABELS]\(Self.greyOptions)"),
    ("images.idx,labels.idx", "IMAGES-idx3-ubyte[.gz][,LABELS]\(Self.greyOptions)"),
  ])
  func kindsAreRecognisedByTheirForm(argument: String, form: String) throws {
    #expect(try DatasetLocation(parsing: argument).kind.form == form)
  }

  @Test(arguments: ["missing.npy", "missing.npz", "missing-idx3-ubyte", "missing.npy,labels.npy"])
  func missingFilesAreNamed(argument: String) throws {
    let error = dataError { () throws(EspalierError) in try open("/nowhere/" + argument) }
    #expect(error?.fault == "there is no such file")
    #expect(error?.subject == "/nowhere/" + argument.prefix { $0 != "," })
  }
}
