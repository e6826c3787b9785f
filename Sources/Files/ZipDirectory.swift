/// The central directory of a zip archive, which locates its entries.
enum ZipDirectory {
  /// Reads the directory of `file`, including its 64-bit form.
  static func read(_ file: RandomAccessFile) throws(EspalierError) -> [ZipArchive.Entry] {
    let place = try locate(file)
    var cursor = ByteCursor(try file.read(at: place.offset, count: place.byteCount))
    var entries: [ZipArchive.Entry] = []
    while cursor.remaining > 0 {
      guard let entry = entry(&cursor), entry.headerOffset >= 0 else {
        throw EspalierError(.file, file.path, "is corrupt: entry \(entries.count) of its zip directory cannot be read")
      }
      entries.append(entry)
    }
    guard entries.count == place.entryCount else {
      throw EspalierError(
        .file, file.path,
        "is corrupt: its zip directory has \(entries.count) entries and should have \(place.entryCount)")
    }
    return entries
  }

  private struct Place {
    var entryCount: Int
    var offset: Int
    var byteCount: Int
  }

  /// Finds the end record, which only a comment of at most 65,535 bytes may follow.
  private static func locate(_ file: RandomAccessFile) throws(EspalierError) -> Place {
    let tailCount = min(file.byteCount, 22 + 0xFFFF)
    let tailStart = file.byteCount - tailCount
    let tail = try file.read(at: tailStart, count: tailCount)
    for start in stride(from: tailCount - 22, through: 0, by: -1)
    where tail[start] == 0x50 && tail[start + 1] == 0x4B && tail[start + 2] == 5 && tail[start + 3] == 6 {
      if start >= 20, let large = try locate64(file, tail[start - 20..<start]) { return large }
      var cursor = ByteCursor(tail[(start + 10)...])
      guard let count = cursor.little(UInt16.self), let size = cursor.little(UInt32.self),
        let offset = cursor.little(UInt32.self)
      else { break }
      return Place(entryCount: Int(count), offset: Int(offset), byteCount: Int(size))
    }
    throw EspalierError(
      .file, file.path, "is not a zip archive, or is truncated: it has no zip directory at its end",
      remedy: "fetch or make it again")
  }

  /// The directory's position in the 64-bit end record, if `locator` points to one.
  private static func locate64(_ file: RandomAccessFile, _ locator: ArraySlice<UInt8>) throws(EspalierError) -> Place? {
    var cursor = ByteCursor(locator)
    guard cursor.little(UInt32.self) == 0x0706_4B50, cursor.take(4) != nil, let offset = cursor.little(UInt64.self)
    else { return nil }
    var record = ByteCursor(try file.read(at: Int(clamping: offset), count: 56))
    guard record.little(UInt32.self) == 0x0606_4B50, record.take(28) != nil,
      let count = record.little(UInt64.self), let size = record.little(UInt64.self),
      let start = record.little(UInt64.self)
    else { throw EspalierError(.file, file.path, "is corrupt: its 64-bit zip directory cannot be read") }
    return Place(entryCount: Int(clamping: count), offset: Int(clamping: start), byteCount: Int(clamping: size))
  }

  /// Reads the next entry of the directory; `nil` if it is malformed.
  private static func entry(_ cursor: inout ByteCursor) -> ZipArchive.Entry? {
    guard cursor.little(UInt32.self) == 0x0201_4B50, cursor.take(4) != nil,
      let flags = cursor.little(UInt16.self), let method = cursor.little(UInt16.self), cursor.take(4) != nil,
      let checksum = cursor.little(UInt32.self), let compressed = cursor.little(UInt32.self),
      let size = cursor.little(UInt32.self), let nameCount = cursor.little(UInt16.self),
      let extraCount = cursor.little(UInt16.self), let commentCount = cursor.little(UInt16.self),
      cursor.take(8) != nil, let offset = cursor.little(UInt32.self), let name = cursor.take(Int(nameCount)),
      let extra = cursor.take(Int(extraCount)), cursor.take(Int(commentCount)) != nil
    else { return nil }
    // A field of all ones is replaced by one in the 64-bit extra field, in this order.
    var large = large(extra)
    func value(_ small: UInt32) -> Int? {
      small == .max ? large?.little(UInt64.self).map(Int.init(clamping:)) : Int(small)
    }
    guard let byteCount = value(size), let compressedCount = value(compressed), let headerOffset = value(offset)
    else { return nil }
    return ZipArchive.Entry(
      name: String(decoding: name, as: UTF8.self), compressedByteCount: compressedCount, byteCount: byteCount,
      checksum: checksum, method: method, isEncrypted: flags & 1 != 0, headerOffset: headerOffset)
  }

  /// The payload of the 64-bit extra field (identifier 1); `nil` if there is none.
  private static func large(_ extra: ArraySlice<UInt8>) -> ByteCursor? {
    var cursor = ByteCursor(extra)
    while let identifier = cursor.little(UInt16.self), let count = cursor.little(UInt16.self),
      let payload = cursor.take(Int(count))
    {
      if identifier == 1 { return ByteCursor(payload) }
    }
    return nil
  }
}
