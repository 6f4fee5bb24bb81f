-- What an organisation wants named on its invoices, and whether the lines of an invoice contain its tax.
alter table invoice
  add column reference    text not null default '',
  add column tax_in_price boolean not null default true;
update invoice i set reference = c.purchase_order from contract c where c.id = i.contract_id and c.purchase_order <> '';
update invoice set tax_in_price = false where contract_id is not null;
update invoice i set tax_in_price = false
from membership m join price pr on pr.id = m.price_id join plan p on p.id = pr.plan_id and p.tax = 'added'
where m.id = i.membership_id;
