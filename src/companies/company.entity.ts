import { Column, Entity, PrimaryColumn } from "typeorm";

/** A creditor company whose receivables are kept here. */
@Entity("company")
export class Company {
  @PrimaryColumn({ type: "uuid" })
  id!: string;

  @Column({ type: "text" })
  code!: string;

  @Column({ type: "text" })
  name!: string;

  @Column({ type: "char", length: 3, name: "functional_currency" })
  functionalCurrency!: string;

  @Column({ type: "timestamptz", name: "recorded_at" })
  recordedAt!: string;
}
