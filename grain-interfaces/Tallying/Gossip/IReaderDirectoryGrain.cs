using System.Collections.Immutable;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Tallying;

/// <summary>
/// Which readers of a campaign are in memory, and in which process: those that gossip. Kept in memory only, since every
/// process tells its own again and again; its key is the campaign's.
/// </summary>
[Alias("actors.tallying.reader-directory")]
public interface IReaderDirectoryGrain : IGrainWithStringKey
{
    /// <summary>Takes the readers of one process, for half a minute, and answers with everybody's.</summary>
    [Alias("report"), AlwaysInterleave]
    Task<ReaderDirectory> ReportAsync(ReaderReport report);

    /// <summary>When each reader was last heard of, as far as the processes have told since this grain is in memory.</summary>
    [Alias("contacts"), AlwaysInterleave]
    Task<ImmutableArray<ReaderContact>> ReadContactsAsync();
}

/// <summary>The readers of a campaign that live in one process.</summary>
/// <param name="Home">This life of the process.</param>
/// <param name="Readers">Its readers; none when the last one left.</param>
/// <param name="Version">The version of the directory that it has, 0 for none.</param>
/// <param name="Contacts">Those of its readers that were heard of since its last report.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.reader-report")]
public sealed record ReaderReport(
    [property: Id(0)] Guid Home,
    [property: Id(1)] ImmutableArray<Guid> Readers,
    [property: Id(2)] long Version,
    [property: Id(3)] ImmutableArray<ReaderContact> Contacts);

/// <summary>A sign of life of a reader's page: connected, or synchronising.</summary>
/// <param name="Reader">The reader.</param>
/// <param name="Name">Its name.</param>
/// <param name="At">When.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.reader-contact")]
public sealed record ReaderContact(
    [property: Id(0)] Guid Reader,
    [property: Id(1)] string Name,
    [property: Id(2)] DateTimeOffset At);

/// <summary>All of them.</summary>
/// <param name="Version">Its version.</param>
/// <param name="IsUnchanged">Whether it is the version that the asker has: then nobody is named.</param>
/// <param name="IsComplete">Whether everybody had the time to report since it was made.</param>
/// <param name="Homes">The processes and their readers.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.reader-directory-page")]
public sealed record ReaderDirectory(
    [property: Id(0)] long Version,
    [property: Id(1)] bool IsUnchanged,
    [property: Id(2)] bool IsComplete,
    [property: Id(3)] ImmutableArray<ReaderHome> Homes);

/// <summary>A process and its readers.</summary>
/// <param name="Home">This life of the process.</param>
/// <param name="Readers">Its readers.</param>
[GenerateSerializer, Immutable, Alias("actors.tallying.reader-home")]
public sealed record ReaderHome(
    [property: Id(0)] Guid Home,
    [property: Id(1)] ImmutableArray<Guid> Readers);
