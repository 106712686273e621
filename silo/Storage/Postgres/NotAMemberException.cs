namespace Actors.Silo.Storage.Postgres;

/// <summary>Nothing was written: this process is not a member of the cluster, or not any more. Whoever owns the grain now can repeat the call.</summary>
public sealed class NotAMemberException : IOException
{
    internal NotAMemberException(MembershipStamp? stamp, Exception? inner = null)
        : base(stamp is null
            ? "Nothing was written: this silo has not joined the cluster."
            : $"Nothing was written: silo {stamp.Silo} (epoch {stamp.Epoch:x}) is not an active member of cluster {stamp.Cluster} any more.", inner)
    {
    }
}
