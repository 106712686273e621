namespace Actors.Engine.Cluster;

/// <summary>As which silo a process joins the cluster.</summary>
/// <param name="Id">Its name, kept over restarts; no two processes that run at once may have the same.</param>
/// <param name="Endpoint">Where other processes reach it: an address and a port.</param>
public sealed record LocalSilo(string Id, string Endpoint);
