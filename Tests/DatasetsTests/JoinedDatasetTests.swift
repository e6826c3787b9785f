import EspalierDatasets
import EspalierFiles
import EspalierTensors
import EspalierTestSupport
import Testing

/// Data for networks with several inputs.
@Suite struct JoinedDatasetTests {
  private func part(
    _ count: Int, offset: Float = 0, labels: [Int]? = nil
  ) throws(EspalierError) -> InMemoryDataset {
    try InMemoryDataset(
      name: "part \(offset)", inputs: Tensor(shape: [count, 2], (0..<2 * count).map { Float($0) + offset }),
      labels: labels)
  }

  @Test func samplesArePairedByIndex() throws {
    let data = try JoinedDataset([("a", part(5)), ("b", part(5, offset: 100, labels: [0, 1, 2, 0, 1]))])
    #expect(data.count == 5 && data.classCount == 3 && data.fieldNames == ["a", "b"] && !data.isOneTensor)
    for batch in try [data.samples(at: [3, 1]), collect(data.stream([3, 1], epoch: 0, batchSize: 2))[0]] {
      #expect(batch["a"].elements(as: Float.self) == [6, 7, 2, 3])
      #expect(batch["b"].elements(as: Float.self) == [106, 107, 102, 103])
      #expect(batch.labels == [0, 1] && batch.indices == [3, 1])
    }
    let whole = try collect(data.taking([0, 2, 4]).stream(batchSize: 2))
    #expect(whole.map(\.count) == [2, 1] && whole[1]["a"].elements(as: Float.self) == [8, 9])
  }

  @Test func eachFieldFeedsTheInputOfItsName() throws {
    let data = try JoinedDataset([("b", part(4)), ("a", part(4, offset: 10))])
    let adapter = try InputAdapter(
      data, to: [DeclaredInput("a", dimensions: [nil, 2]), DeclaredInput("b", .int64, dimensions: [nil, 1, 2])])
    let inputs = adapter(try data.samples(at: [1]))
    #expect(inputs["a"] == Tensor(shape: [1, 2], [12, 13] as [Float]))
    #expect(inputs["b"] == Tensor(shape: [1, 1, 2], [2, 3] as [Int64]))
    #expect(adapter.types(count: 3)["b"]?.shape == [3, 1, 2])
    let misfit = dataError { () throws(EspalierError) in
      try InputAdapter(
        data, to: [DeclaredInput("a", dimensions: [nil, 3]), DeclaredInput("b", dimensions: [nil, 2])])
    }
    #expect(misfit?.kind == .data && misfit?.fault.contains("input \"a\" wants 3") == true)
    let stranger = dataError { () throws(EspalierError) in
      try InputAdapter(data, to: ["a", "c"].map { DeclaredInput($0, dimensions: [nil, 2]) })
    }
    #expect(stranger?.subject == "input \"c\"" && stranger?.remedy == "it has b, a")
  }

  /// Numbers that an input's type cannot hold become the nearest that it can.
  @Test func numbersAreKeptInTheRangeOfTheInput() throws {
    let numbers: [Float] = [-1e30, -1.5, 1.5, 300, 1e10, 1e30]
    let data = try InMemoryDataset(inputs: Tensor(shape: [1, 6], numbers))
    func fed(_ type: ElementType) throws(EspalierError) -> Tensor? {
      let adapter = try InputAdapter(data, to: [DeclaredInput("x", type, dimensions: [nil, 6])])
      return adapter(try data.samples(at: [0]))["x"]
    }
    #expect(try fed(.uint8) == Tensor(shape: [1, 6], [0, 0, 2, 255, 255, 255] as [UInt8]))
    #expect(try fed(.int8) == Tensor(shape: [1, 6], [-128, -2, 2, 127, 127, 127] as [Int8]))
    #expect(try fed(.int16) == Tensor(shape: [1, 6], [.min, -2, 2, 300, .max, .max] as [Int16]))
    #expect(try fed(.uint16) == Tensor(shape: [1, 6], [0, 0, 2, 300, .max, .max] as [UInt16]))
    #expect(try fed(.uint32) == Tensor(shape: [1, 6], [0, 0, 1, 300, .max, .max] as [UInt32]))
    #expect(try fed(.uint64) == Tensor(shape: [1, 6], [0, 0, 1, 300, 10_000_000_000, UInt64(Int.max)]))
    #expect(try fed(.float64) == Tensor(shape: [1, 6], numbers.map { Double($0) }))
    #expect(try fed(.bool) == Tensor(shape: [1, 6], [Bool](repeating: true, count: 6)))
    #expect(try fed(.int32) == Tensor(shape: [1, 6], [.min, -1, 1, 300, .max, .max] as [Int32]))
    #expect(try fed(.int64) == Tensor(shape: [1, 6], [.min, -1, 1, 300, 10_000_000_000, .max] as [Int64]))
  }

  @Test func whatDoesNotGoTogetherIsRefused() throws {
    let few = dataError { () throws(EspalierError) in try JoinedDataset([("a", part(5)), ("b", part(4))]) }
    #expect(few?.fault.contains("has 4 samples") == true)
    let labelled = try JoinedDataset([
      ("a", part(2, labels: [0, 1])), ("b", part(2, offset: 1, labels: [1, 1])),
    ])
    let labels = dataError { () throws(EspalierError) in try labelled.samples(at: [0]) }
    #expect(labels?.fault.contains("different labels") == true)
    let agreeing = try JoinedDataset([("a", part(2, labels: [0, 1])), ("b", part(2, labels: [0, 1]))])
    #expect(try agreeing.samples(at: [0]).labels == [0])
  }

  @Test func anArchiveFeedsInputsByName() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/pairs.npz"
    let arrays = [
      "rgb": Tensor(shape: [3, 2], (0..<6).map(Float.init)), "depth": Tensor(shape: [3, 1], [7, 8, 9] as [Float]),
    ]
    try NPZ.write(
      ["rgb": arrays["rgb"]!, "depth": arrays["depth"]!, "labels": Tensor(shape: [3], [0, 1, 1] as [UInt8])], to: path)
    func opened(_ inputs: String...) throws(EspalierError) -> any Dataset {
      let purpose = DatasetPurpose(inputs: inputs.map { DeclaredInput($0, dimensions: []) })
      return try DatasetLocation(parsing: path).open(for: purpose)
    }
    let both = try opened("depth", "rgb")
    #expect(both.fieldNames == ["depth", "rgb"] && both.classCount == 2)
    #expect(try both.samples(at: [2])["depth"] == Tensor(shape: [1, 1], [9] as [Float]))
    #expect(try opened("rgb").samples(at: [1]).numbers == [2, 3])
    // An input that is called as labels are is an input.
    #expect(try opened("labels").classCount == nil)
    let missing = dataError { () throws(EspalierError) in try opened("rgb", "flow") }
    #expect(missing?.fault == "has no array flow, but: rgb, depth, labels")
  }
}
