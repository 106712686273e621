using Actors.Engine.CodeGeneration;
using Actors.Engine.Runtime;
using Actors.Engine.Serialization;

namespace Actors.Engine.Transport;

/// <summary>What a connection needs of its process.</summary>
internal interface IConnectionHost
{
    /// <summary>The version of the newest view known here.</summary>
    long ViewVersion { get; }

    /// <summary>Up to which view nothing is left here that belongs elsewhere.</summary>
    long SettledVersion { get; }

    /// <summary>The engine's coarse clock.</summary>
    long Now { get; }

    GrainTypes Types { get; }

    ExceptionCodec Exceptions { get; }

    IReferenceResolver References { get; }

    /// <summary>How long the caller still waits; zero when nobody does (one-way).</summary>
    TimeSpan TimeLeft(GrainRequest request);

    /// <summary>The other end knows this version of the view.</summary>
    void HeardOfView(long version);

    /// <summary>The other end has followed the view.</summary>
    void HeardOfSettling();

    /// <summary>The other end calls something here.</summary>
    void Receive(InboundCall call, InboundCircumstances circumstances);

    /// <summary>A call was refused before its body began.</summary>
    void Refused(OutboundCall call, RefusalReason reason, long viewVersion, string text);

    /// <summary>The connection has ended; these calls were never written.</summary>
    void Ended(Connection connection, Exception? reason, IReadOnlyList<OutboundCall> unwritten);
}

/// <summary>What travels with a call beside its arguments.</summary>
/// <param name="ViewVersion">The view by which the caller chose this process.</param>
/// <param name="TraceParent">The caller's span (W3C Trace Context), or null.</param>
internal readonly record struct InboundCircumstances(long ViewVersion, string? TraceParent);
